import { legacyKick } from '@/sdk/legacy-callbacks';
import { legacyMessage } from '@/sdk/legacy-message';
import type { V2NIMMessage } from '@/sdk/types';

const message = (change: object): V2NIMMessage =>
  ({
    messageClientId: 'client-1',
    messageServerId: '7001',
    createTime: 1_700_000_000_000,
    senderId: 'ben',
    receiverId: 'anna',
    conversationType: 1,
    conversationId: 'anna|1|ben',
    isSelf: false,
    messageType: 0,
    text: 'hello',
    ...change,
  }) as V2NIMMessage;

test('a text from another account becomes a legacy message', () => {
  expect(legacyMessage(message({ serverExtension: '{"a":1}' }))).toEqual({
    scene: 'p2p',
    from: 'ben',
    to: 'anna',
    target: 'ben',
    sessionId: 'p2p-ben',
    flow: 'in',
    type: 'text',
    text: 'hello',
    time: 1_700_000_000_000,
    idClient: 'client-1',
    idServer: '7001',
    status: 'success',
    custom: '{"a":1}',
  });
});

test.each([
  [
    { isSelf: true, senderId: 'anna', receiverId: 'ben' },
    { flow: 'out', target: 'ben' },
  ],
  [
    { conversationType: 2, receiverId: '5001' },
    { scene: 'team', sessionId: 'team-5001' },
  ],
  [
    { conversationType: 3, receiverId: '6001' },
    { scene: 'superTeam', target: '6001' },
  ],
  [
    { messageType: 100, attachment: { raw: '{"x":1}' } },
    { type: 'custom', content: '{"x":1}' },
  ],
  [
    { messageType: 4, attachment: { latitude: 30.2, longitude: 120.1, address: 'Hangzhou' } },
    { type: 'geo', geo: { lat: 30.2, lng: 120.1, title: 'Hangzhou' } },
  ],
  [
    {
      messageType: 1,
      attachment: { name: 'a.png', size: 9, ext: 'png', url: 'https://x', width: 2, height: 1 },
    },
    { type: 'image', file: { name: 'a.png', size: 9, ext: 'png', url: 'https://x', w: 2, h: 1 } },
  ],
  [
    { messageType: 2, attachment: { url: 'https://x', duration: 3000 } },
    { type: 'audio', file: { url: 'https://x', dur: 3000 } },
  ],
  [{ messageType: 10 }, { type: 'tip' }],
  [{ messageType: 12 }, { type: 'g2' }],
  [{ messageType: 77 }, { type: 'unknown' }],
])('%j becomes %j', (change, expected) => {
  expect(legacyMessage(message(change))).toMatchObject(expected);
});

test.each([
  [1, 'samePlatformKick'],
  [2, 'serverKick'],
  [3, 'otherPlatformKick'],
  [4, 'silentlyKick'],
  [9, 'unknow'],
])('kick reason %i is %s', (reason, name) => {
  expect(legacyKick({ reason, reasonDesc: 'why', clientType: 2, customClientType: 7 })).toEqual({
    code: 'kicked',
    message: 'why',
    reason: name,
    from: 'iOS',
    custom: 7,
  });
});
