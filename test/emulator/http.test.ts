import { useStage } from './support/stage';

describe('over HTTP', () => {
  const stage = useStage();

  async function call(
    url: string,
    method = 'GET',
    body?: unknown,
  ): Promise<{ status: number; body: unknown; headers: Headers }> {
    const answer = await fetch(url, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  describe('the control API', () => {
    const control = (path: string, method?: string, body?: unknown) =>
      call(stage.emulator.control + path, method, body);

    test('says how to connect', async () => {
      const { lbsUrl, linkUrl, appkey } = stage.emulator;
      expect((await control('/')).body).toMatchObject({ lbsUrl, linkUrl, appkey, linkSSL: false });
    });

    test('switches faults on and off', async () => {
      const { body } = await control('/faults', 'POST', {
        kind: 'command',
        command: '26_3',
        code: 302,
      });
      await expect(stage.client('ann').login()).rejects.toMatchObject({ code: 302 });
      expect((await control('/faults')).body).toMatchObject([{ hits: 1 }]);
      const { id } = body as { id: string };
      expect((await control(`/faults/${id}`, 'DELETE')).body).toEqual({ removed: true });
      await stage.online('ann');
    });

    test('refuses a fault it does not know', async () => {
      expect(await control('/faults', 'POST', { kind: 'nonsense' })).toMatchObject({
        status: 400,
        body: { code: 414 },
      });
    });

    test('sends messages, lists them, and cuts links', async () => {
      const ben = await stage.online('ben');
      await control('/messages', 'POST', { from: 'ann', to: 'ben', text: 'x', count: 3 });
      await ben.waitFor('onReceiveMessages');
      const log = await control('/messages?a=ann&b=ben');
      expect(log.body).toHaveLength(3);
      expect((await control('/clients?accountId=ben')).body).toMatchObject([{ accountId: 'ben' }]);
      expect((await control('/links/cut', 'POST', { accountId: 'ben' })).body).toEqual({
        links: 1,
      });
      await ben.waitFor('onDisconnected');
      expect((await control('/logins')).body).toMatchObject([{ accountId: 'ben', code: 200 }]);
    });

    test('adds, bans and kicks accounts', async () => {
      await control('/accounts', 'POST', { accountId: 'dan', token: 't' });
      const dan = await stage.online('dan');
      await control('/accounts/dan/kick', 'POST', {});
      await dan.waitFor('onKickedOffline');
      await control('/accounts/dan/ban', 'POST');
      await expect(dan.login()).rejects.toMatchObject({ code: 102422 });
      await control('/accounts/dan/unban', 'POST');
      await dan.login();
    });

    test('names an account that is not there', async () => {
      expect(await control('/accounts/nobody/ban', 'POST')).toMatchObject({
        status: 400,
        body: { code: 102404 },
      });
    });

    test('sets the multi-login policy and brings phantoms', async () => {
      await control('/multi-login', 'PUT', { kind: 'exclusive' });
      const ann = await stage.online('ann');
      const { body } = await control('/accounts/ann/phantoms', 'POST', { type: 2 });
      await ann.waitFor('onKickedOffline');
      const { consid } = body as { consid: string };
      expect((await control(`/phantoms/${consid}`, 'DELETE')).body).toEqual({ removed: true });
    });

    test('reset forgets faults and counters', async () => {
      await control('/faults', 'POST', { kind: 'noConnectFrame' });
      await fetch(stage.emulator.lbsUrl);
      await control('/reset', 'POST');
      expect((await control('/faults')).body).toEqual([]);
      expect((await control('/counters')).body).toMatchObject({ lbsRequests: 0 });
    });
  });

  describe('the sample app server', () => {
    const app = (path: string, method?: string, body?: unknown) =>
      call(stage.emulator.appServer + path, method, body);

    test('a code that wishes for an account gets it', async () => {
      expect((await app('/login', 'POST', { code: 'demo:ben' })).body).toEqual({
        accountId: 'ben',
        token: 'token-ben',
      });
    });

    test('any other code gets some account, always the same', async () => {
      const first = await app('/login', 'POST', { code: '0a1b2c' });
      expect(first.status).toBe(200);
      expect((await app('/login', 'POST', { code: '0a1b2c' })).body).toEqual(first.body);
    });

    test.each([
      ['/login', {}, 400, 414],
      ['/login', { code: 'demo:nobody' }, 404, 102404],
      ['/dynamic-token', { accountId: 'nobody' }, 404, 102404],
      ['/login-extension', {}, 400, 414],
      ['/callback/login', { accountId: 'ann', loginExtension: 'x' }, 403, 302],
    ])('%s with %j answers %i with code %i', async (path, body, status, code) => {
      const answer = await app(path, 'POST', body);
      expect(answer).toMatchObject({ status, body: { code } });
      expect((answer.body as { message: unknown }).message).toEqual(expect.any(String));
    });

    test('lists rooms and their addresses', async () => {
      stage.emulator.world.addRoom({ roomId: '9001', roomName: 'Music' });
      expect((await app('/rooms')).body).toMatchObject({ rooms: [{ roomName: 'Music' }] });
      expect((await app('/rooms/9001/addresses')).body).toEqual({
        addresses: [stage.emulator.linkUrl],
      });
      expect(await app('/rooms/1/addresses')).toMatchObject({
        status: 404,
        body: { code: 113404 },
      });
    });
  });

  test('pages of any origin may ask', async () => {
    const preflight = await call(`${stage.emulator.appServer}/login`, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    const answer = await call(`${stage.emulator.url}/nowhere`);
    expect(answer).toMatchObject({ status: 404, body: { code: 404 } });
  });

  test('a file sent in parts is whole in the end', async () => {
    const at = `${stage.emulator.url}/nos-chunk/emulator/object-1`;
    const send = (part: string, complete: boolean): Promise<Response> =>
      fetch(`${at}?offset=0&complete=${complete}&context=&version=1.0`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: part,
      });
    expect(await (await send('hello ', false)).json()).toMatchObject({ offset: 6 });
    expect(await (await fetch(`${at}?uploadContext`)).json()).toEqual({ offset: 6 });
    await send('world', true);
    const file = await fetch(`${stage.emulator.url}/nos/object-1`);
    expect(await file.text()).toBe('hello world');
  });
});
