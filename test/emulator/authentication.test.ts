import { issueDynamicToken, Reason, type AppState } from '../../emulator';
import { bearer } from './support/bearer';
import { errorOf, useStage } from './support/stage';

const STATIC = 0;
const DYNAMIC = 1;
const THIRD_PARTY = 2;

describe('signing in', () => {
  let clock = 0;
  const stage = useStage({ now: () => Date.now() + clock });
  beforeEach(() => {
    clock = 0;
  });

  const attempts = (): number[] => stage.emulator.log.logins.map(({ code }) => code);

  test('a static token is accepted, a wrong token is refused with 302', async () => {
    const ann = stage.client('ann');
    expect((await errorOf(ann.login({}, 'wrong'))).code).toBe(302);
    await ann.login();
    expect(attempts()).toEqual([302, 200]);
  });

  describe('with a dynamic token', () => {
    const tokenFor = (accountId: string, options: { ttl?: number; appSecret?: string } = {}) => {
      const { appkey, appSecret } = stage.emulator;
      const app = { appkey, appSecret: options.appSecret ?? appSecret };
      return issueDynamicToken(app, accountId, Date.now() + clock, options.ttl ?? 60);
    };
    const loginWith = (token: string): Promise<void> =>
      stage.client('ann').login({ authType: DYNAMIC, tokenProvider: () => token }, '');

    test('a fresh token is accepted', async () => {
      await loginWith(tokenFor('ann'));
      expect(stage.emulator.log.logins).toMatchObject([{ authType: DYNAMIC, code: 200 }]);
    });

    test('a token of the sample app server is accepted', async () => {
      const answer = await fetch(`${stage.emulator.appServer}/dynamic-token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer(stage.emulator, 'ann') },
        body: '{}',
      });
      const { token } = (await answer.json()) as { token: string };
      await loginWith(token);
    });

    test('an expired token is refused by the server clock', async () => {
      const token = tokenFor('ann', { ttl: 60 });
      clock = 61_000;
      expect((await errorOf(loginWith(token))).code).toBe(302);
    });

    test("another account's token, a token of another secret and garbage are refused", async () => {
      expect((await errorOf(loginWith(tokenFor('ben')))).code).toBe(302);
      expect((await errorOf(loginWith(tokenFor('ann', { appSecret: 'x' })))).code).toBe(302);
      expect((await errorOf(loginWith('rubbish'))).code).toBe(302);
    });

    test('the static token is refused', async () => {
      expect((await errorOf(loginWith('token-ann'))).code).toBe(302);
    });
  });

  describe('through a third party', () => {
    const loginWith = (extension: string): Promise<void> =>
      stage
        .client('ann')
        .login({ authType: THIRD_PARTY, loginExtensionProvider: () => extension }, '');
    const issued = async (accountId: string): Promise<string> => {
      const answer = await fetch(`${stage.emulator.appServer}/login-extension`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer(stage.emulator, accountId) },
        body: '{}',
      });
      return ((await answer.json()) as { loginExtension: string }).loginExtension;
    };

    test('the extension issued by the app server is accepted', async () => {
      await loginWith(await issued('ann'));
    });

    test('the extension of another account is refused with 302', async () => {
      expect((await errorOf(loginWith(await issued('ben')))).code).toBe(302);
    });

    test('an unreachable callback accepts no login', async () => {
      const extension = await issued('ann');
      await stage.start({ thirdPartyCallbackUrl: 'http://127.0.0.1:9/' });
      expect((await errorOf(loginWith(extension))).code).toBe(302);
    });
  });

  test('an unknown account is refused with 102404', async () => {
    expect((await errorOf(stage.client('nobody').login({}, 'x'))).code).toBe(
      Reason.accountNotExist,
    );
  });

  test.each([102422, 403, 102303, 417, 404])('an account can be refused with %i', async (code) => {
    stage.emulator.world.setLoginRefusal('ann', code);
    const ann = stage.client('ann');
    expect((await errorOf(ann.login())).code).toBe(code);
    stage.emulator.world.setLoginRefusal('ann', undefined);
    await ann.login();
  });

  test('another app key is refused with 101303', async () => {
    const stranger = stage.client('ann', { appkey: 'another' });
    expect((await errorOf(stranger.login())).code).toBe(Reason.appkeyNotExist);
  });

  test.each<[AppState, number]>([
    ['notExist', 101303],
    ['blocked', 101403],
    ['imDisabled', 101301],
  ])('an app in state %s refuses every login with %i', async (state, code) => {
    stage.emulator.world.state.appState = state;
    expect((await errorOf(stage.client('ann').login())).code).toBe(code);
  });

  test('an unknown authentication type is refused with 414', async () => {
    stage.emulator.faults.add({ kind: 'command', command: '26_3', code: 414 });
    expect((await errorOf(stage.client('ann').login({ authType: STATIC }))).code).toBe(414);
  });

  test('a ban signs the account out at once and refuses logins with 102422', async () => {
    const ann = await stage.online('ann');
    stage.emulator.world.ban('ann');
    const [detail] = await ann.waitFor('onKickedOffline');
    expect(detail).toMatchObject({ reason: 2 });
    expect((await errorOf(ann.login())).code).toBe(Reason.accountBanned);
  });
});
