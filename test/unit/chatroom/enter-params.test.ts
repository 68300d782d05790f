import { checkEnterParams, checkSignIn } from '@/packages/chatroom/connection/enter-params';

describe('the parameters of an entry', () => {
  it.each([
    ['serverExtension', 4096],
    ['notificationExtension', 2048],
  ])('limit %s to %i characters', (field, limit) => {
    expect(() => checkEnterParams('9000', { [field]: 'x'.repeat(limit) })).not.toThrow();
    expect(() => checkEnterParams('9000', { [field]: 'x'.repeat(limit + 1) })).toThrow(
      expect.objectContaining({ code: 191004, field, limit }),
    );
  });

  it.each([
    ['roomId', 'abc', {}],
    ['timeout', '9000', { timeout: 0 }],
    ['tagConfig.tags', '9000', { tagConfig: { tags: ['red', ''] } }],
    ['locationConfig.distance', '9000', { locationConfig: { distance: -1 } }],
    [
      'locationConfig.locationInfo.y',
      '9000',
      { locationConfig: { distance: 1, locationInfo: { x: 1, y: Number.NaN } } },
    ],
    ['antispamConfig.antispamBusinessId', '9000', { antispamConfig: { antispamBusinessId: '' } }],
  ])('reject an invalid %s', (field, roomId, params) => {
    expect(() => checkEnterParams(roomId, params)).toThrow(
      expect.objectContaining({ code: 191004, field }),
    );
  });

  it('require an account, and a token for the static way', () => {
    expect(() => checkSignIn({ way: 'static', accountId: ' ', token: 't' })).toThrow(
      expect.objectContaining({ field: 'accountId' }),
    );
    expect(() => checkSignIn({ way: 'static', accountId: 'me', token: '' })).toThrow(
      expect.objectContaining({ field: 'token' }),
    );
    expect(() => checkSignIn({ way: 'dynamic', accountId: 'me' })).not.toThrow();
  });
});
