import { ConnectionError } from '@/connection';
import {
  type AskProvider,
  prepareProof,
  type RoomSignIn,
} from '@/packages/chatroom/connection/room-sign-in';

describe('the proof of an attempt', () => {
  const ask: AskProvider = (_name, provider) => provider();
  const extension = { loginExtensionProvider: () => Promise.resolve('extension') };

  it.each([
    [{ way: 'static', accountId: 'me', token: 'token' }, 0, 'token'],
    [{ way: 'anonymous', accountId: 'guest' }, 0, ''],
    [
      {
        way: 'dynamic',
        accountId: 'me',
        tokenProvider: (id: string) => Promise.resolve(`for ${id}`),
      },
      1,
      'for 9000',
    ],
    [{ way: 'thirdParty', accountId: 'me', ...extension }, 2, ''],
  ] as const)('consists of the providers’ answers: %j', async (signIn, authType, token) => {
    const { accountId } = signIn;
    expect(await prepareProof({ ...signIn, ...extension } as RoomSignIn, '9000', ask)).toEqual({
      accountId,
      authType,
      token,
      loginExtension: 'extension',
      anonymous: signIn.way === 'anonymous',
    });
  });

  it.each([
    ['empty', ''],
    ['blank', ' '],
    ['an object', { token: 't' }],
    ['undefined', undefined],
  ])('rejects %s as a token and as an extension', async (_what, answer) => {
    const provider = () => Promise.resolve(answer as string);
    const dynamic: RoomSignIn = { way: 'dynamic', accountId: 'me', tokenProvider: provider };
    const withExtension: RoomSignIn = {
      way: 'static',
      accountId: 'me',
      token: 't',
      loginExtensionProvider: provider,
    };
    for (const signIn of [dynamic, withExtension])
      await expect(prepareProof(signIn, '9000', ask)).rejects.toMatchObject({ code: 600106 });
  });

  it('keeps the code of a provider’s error', async () => {
    const failing = (error: Error) =>
      prepareProof(
        { way: 'dynamic', accountId: 'me', tokenProvider: () => Promise.reject(error) },
        '9000',
        ask,
      );
    await expect(failing(new ConnectionError(102404))).rejects.toMatchObject({ code: 102404 });
    await expect(failing(new Error('oops'))).rejects.toMatchObject({
      code: 191003,
      detail: 'oops',
    });
  });
});
