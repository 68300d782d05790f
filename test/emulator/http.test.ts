import http from 'node:http';
import https from 'node:https';
import { bearer } from './support/bearer';
import { useStage } from './support/stage';

/** Sends a request with headers that `fetch` does not allow to set. */
function raw(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> },
): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https') ? https : http).request(
      url,
      // The emulator's certificate is self-signed.
      { method, headers, rejectUnauthorized: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

describe('over HTTP', () => {
  const stage = useStage();

  async function call(
    url: string,
    method = 'GET',
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown; headers: Headers }> {
    const answer = await fetch(url, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
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

    test('answers with the addresses for connecting', async () => {
      const { lbsUrl, linkUrl, appkey } = stage.emulator;
      expect((await control('/')).body).toMatchObject({ lbsUrl, linkUrl, appkey, linkSSL: false });
    });

    test('adds and removes faults', async () => {
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

    test('refuses an unknown fault', async () => {
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

    test('names an account that does not exist', async () => {
      expect(await control('/accounts/nobody/ban', 'POST')).toMatchObject({
        status: 400,
        body: { code: 102404 },
      });
    });

    test('sets the multi-login policy and adds phantoms', async () => {
      await control('/multi-login', 'PUT', { kind: 'exclusive' });
      const ann = await stage.online('ann');
      const { body } = await control('/accounts/ann/phantoms', 'POST', { type: 2 });
      await ann.waitFor('onKickedOffline');
      const { consid } = body as { consid: string };
      expect((await control(`/phantoms/${consid}`, 'DELETE')).body).toEqual({ removed: true });
    });

    test('reset clears faults and counters', async () => {
      await control('/faults', 'POST', { kind: 'noConnectFrame' });
      await fetch(stage.emulator.lbsUrl);
      await control('/reset', 'POST');
      expect((await control('/faults')).body).toEqual([]);
      expect((await control('/counters')).body).toMatchObject({ lbsRequests: 0 });
    });
  });

  describe('the sample app server', () => {
    const app = (path: string, method?: string, body?: unknown, headers?: Record<string, string>) =>
      call(stage.emulator.appServer + path, method, body, headers);

    const asAnn = () => bearer(stage.emulator, 'ann');

    test('opens a session for the account named by a code', async () => {
      const { body } = await app('/login', 'POST', { code: 'demo:ben' });
      expect(body).toEqual({
        accountId: 'ben',
        sessionToken: expect.stringMatching(/^[\w-]{32}$/),
        expiresIn: 7200,
      });
      const { sessionToken } = body as { sessionToken: string };
      const identity = await app(
        '/static-token',
        'POST',
        {},
        { authorization: `Bearer ${sessionToken}` },
      );
      expect(identity.body).toEqual({ accountId: 'ben', token: 'token-ben' });
    });

    test('any other code gets a fixed account and a session of its own', async () => {
      const ask = async () =>
        (await app('/login', 'POST', { code: '0a1b2c' })).body as Record<string, unknown>;
      const [first, second] = [await ask(), await ask()];
      expect(first['accountId']).toEqual(expect.any(String));
      expect(second['accountId']).toBe(first['accountId']);
      expect(second['sessionToken']).not.toBe(first['sessionToken']);
    });

    test.each(['/static-token', '/dynamic-token', '/login-extension', '/room-account'])(
      '%s serves only the account of the session, whatever the body names',
      async (path) => {
        expect(await app(path, 'POST', { accountId: 'ben' })).toMatchObject({
          status: 401,
          body: { code: 600107 },
        });
        expect(await app(path, 'POST', { accountId: 'ben' }, asAnn())).toMatchObject({
          status: 403,
          body: { code: 600108 },
        });
        expect(JSON.stringify((await app(path, 'POST', {}, asAnn())).body)).not.toContain('ben');
      },
    );

    test('a session ends after its lifetime, and when the server drops it', async () => {
      const { appSessions } = stage.emulator;
      appSessions.ttlSeconds = 0;
      const expired = asAnn();
      appSessions.ttlSeconds = 60;
      const forgotten = asAnn();
      appSessions.endAll();
      for (const headers of [expired, forgotten])
        expect(await app('/static-token', 'POST', {}, headers)).toMatchObject({ status: 401 });
      expect(await app('/static-token', 'POST', {}, asAnn())).toMatchObject({ status: 200 });
    });

    test.each([
      ['/login', {}, 400, 414],
      ['/login', { code: 'demo:nobody' }, 404, 102404],
      ['/login', { accountId: 'ann', token: 'token-ben' }, 403, 102302],
      ['/callback/login', { accountId: 'ann', loginExtension: 'x' }, 403, 302],
      ['/content-check', { content: 'x' }, 400, 414],
    ])('%s with %j answers %i with code %i', async (path, body, status, code) => {
      const answer = await app(path, 'POST', body, asAnn());
      expect(answer).toMatchObject({ status, body: { code } });
      expect((answer.body as { message: unknown }).message).toEqual(expect.any(String));
    });

    test('tells whether a text may be published', async () => {
      stage.emulator.world.rooms.settings.antispamWords.push('casino');
      const check = async (content: string) =>
        (await app('/content-check', 'POST', { content, scene: 2 }, asAnn())).body;
      expect(await check('good evening')).toEqual({ suggest: 'pass' });
      expect(await check('come to my casino')).toEqual({ suggest: 'risky' });
    });

    test('lists rooms and their addresses', async () => {
      stage.emulator.world.addRoom({ roomId: '9001', roomName: 'Music' });
      expect((await app('/rooms')).body).toMatchObject({ rooms: [{ roomName: 'Music' }] });
      const addresses = (roomId: string) =>
        app(`/rooms/${roomId}/addresses`, 'GET', undefined, asAnn());
      expect((await addresses('9001')).body).toEqual({ addresses: [stage.emulator.linkUrl] });
      expect(await addresses('1')).toMatchObject({
        status: 404,
        body: { code: 113404 },
      });
    });
  });

  test('pages of any origin may call the app server, the LBS and the link', async () => {
    const { appServer, lbsUrl, url } = stage.emulator;
    const preflight = await call(`${appServer}/login`, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    for (const asked of [lbsUrl, `${url}/socket.io/1/`]) {
      const answer = await fetch(asked, { headers: { origin: 'http://127.0.0.1:7610' } });
      expect([asked, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
        asked,
        200,
        '*',
      ]);
    }
    const answer = await call(`${url}/nowhere`);
    expect(answer).toMatchObject({ status: 404, body: { code: 404 } });
  });

  describe('commands are not for web pages', () => {
    const control = (path: string, headers: Record<string, string>, method = 'GET') =>
      raw(stage.emulator.url + path, { method, headers });

    test.each([
      ['/control', { origin: 'https://evil.example' }, 'GET'],
      ['/control/accounts/ann/kick', { origin: 'null' }, 'POST'],
      ['/control/logins', { 'sec-fetch-site': 'cross-site' }, 'GET'],
      ['/control/logins', { 'sec-fetch-site': 'same-site' }, 'GET'],
      ['/%63ontrol/logins', { origin: 'https://evil.example' }, 'GET'],
      ['/control/links/cut', { origin: 'https://evil.example' }, 'OPTIONS'],
    ])('%s with %j (%s)', async (path, headers, method) => {
      const answer = await control(path, headers, method);
      expect(answer.status).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.text).not.toContain('token');
    });

    test('a tool gets its answer, without CORS headers', async () => {
      const answer = await control('/control', {});
      expect(answer.status).toBe(200);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    });
  });

  describe('bodies and paths of an attacker', () => {
    const post = async (path: string, body: string) => {
      const answer = await fetch(stage.emulator.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return answer.status;
    };
    const EMPTY: Record<string, unknown> = {};

    test.each(['/app/login', '/control/accounts', '/control/messages'])(
      'a body for %s that is too large is refused',
      async (path) => {
        expect(await post(path, JSON.stringify({ code: 'x'.repeat(5 * 1024 * 1024) }))).toBe(413);
        expect((await raw(`${stage.emulator.url}/app/config`, {})).status).toBe(200);
      },
    );

    test.each(['/app/login', '/control/accounts', '/control/faults', '/control/messages'])(
      'a body for %s changes no prototype',
      async (path) => {
        for (const body of [
          '{"__proto__":{"polluted":1}}',
          '{"constructor":{"prototype":{"polluted":1}}}',
          '{"accountId":{"__proto__":{"polluted":1}}}',
        ])
          expect([body, (await post(path, body)) >= 400]).toEqual([body, true]);
        expect(EMPTY['polluted']).toBeUndefined();
      },
    );

    test.each(['__proto__', 'constructor', 'hasOwnProperty'])(
      'an account, a team and a room named %s do not exist',
      async (name) => {
        const { url } = stage.emulator;
        expect((await call(`${url}/app/login`, 'POST', { code: `demo:${name}` })).status).toBe(404);
        for (const path of [`accounts/${name}/ban`, `rooms/${name}/close`])
          expect([path, (await call(`${url}/control/${path}`, 'POST', {})).status >= 400]).toEqual([
            path,
            true,
          ]);
        expect(EMPTY['loginRefusal']).toBeUndefined();
      },
    );

    test.each([
      '/nos/../../../etc/passwd',
      '/nos/..%2f..%2f..%2fetc%2fpasswd',
      '/nos/%2e%2e/%2e%2e/package.json',
      '/../package.json',
      '/app/..%2f..%2fpackage.json',
    ])('%s leads to no file', async (path) => {
      const { hostname, port } = new URL(stage.emulator.url);
      const status = await new Promise<number | undefined>((resolve, reject) => {
        // Not as a URL, because that would remove the dots.
        http
          .request({ hostname, port, path }, (response) => {
            response.resume();
            resolve(response.statusCode);
          })
          .on('error', reject)
          .end();
      });
      expect(status).toBe(404);
    });

    test('without `host` the emulator listens on this machine only', () => {
      expect(new URL(stage.emulator.url).hostname).toBe('127.0.0.1');
    });
  });

  describe('a host name that resolves to this machine is not enough', () => {
    test.each(['evil.example', 'evil.example:7600', '127.0.0.1.evil.example', '10.0.0.7'])(
      'Host: %s is refused, on every route',
      async (host) => {
        const { url } = stage.emulator;
        for (const path of [
          '/control',
          '/app/config',
          '/lbs/wxwebconf.jsp',
          '/socket.io/1/',
          '/x',
        ]) {
          const answer = await raw(url + path, { headers: { host } });
          expect([path, answer.status]).toEqual([path, 403]);
          expect(answer.headers['access-control-allow-origin']).toBeUndefined();
        }
      },
    );

    test.each(['127.0.0.1', 'localhost', 'LOCALHOST:7600', '[::1]:7600'])(
      'Host: %s is accepted as loopback',
      async (host) => {
        const answer = await raw(`${stage.emulator.url}/app/config`, { headers: { host } });
        expect(answer.status).toBe(200);
      },
    );

    test('the address of `host` is accepted on its own port only', async () => {
      await stage.start({ host: '127.0.0.2' });
      const { url, secureUrl = '' } = stage.emulator;
      expect((await raw(`${secureUrl}/app/config`, {})).status).toBe(200);
      const named = { headers: { host: '127.0.0.2' } };
      expect((await raw(`${url}/app/config`, named)).status).toBe(403);
      expect((await raw(`${secureUrl}/control`, {})).status).toBe(404);
    });

    test('an upgrade of the link is refused too', async () => {
      const { url } = stage.emulator;
      const handshake = await raw(`${url}/socket.io/1/`, {});
      const path = `/socket.io/1/websocket/${handshake.text.split(':')[0]}`;
      const upgrade = (host: string) =>
        new Promise<number>((resolve) => {
          const request = http.get(url + path, {
            headers: {
              host,
              connection: 'Upgrade',
              upgrade: 'websocket',
              'sec-websocket-version': '13',
              'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
            },
          });
          request.on('response', (response) => resolve(response.statusCode ?? 0));
          request.on('upgrade', (response, socket) => {
            socket.destroy();
            resolve(response.statusCode ?? 0);
          });
        });
      expect(await upgrade('evil.example')).toBe(403);
      expect(await upgrade('127.0.0.1')).toBe(101);
    });
  });

  test('a file uploaded in parts is complete', async () => {
    const at = `${stage.emulator.url}/nos-chunk/emulator/object-1`;
    const send = (part: string, offset: number, complete = false): Promise<Response> =>
      fetch(`${at}?offset=${offset}&complete=${complete}&context=&version=1.0`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: part,
      });
    expect(await (await send('hello ', 0)).json()).toMatchObject({ offset: 6 });
    expect(await (await fetch(`${at}?uploadContext`)).json()).toEqual({ offset: 6 });
    // A part that is sent again does not double.
    expect(await (await send('hello ', 0)).json()).toMatchObject({ offset: 6 });
    await send('world', 6, true);
    const file = await fetch(`${stage.emulator.url}/nos/object-1`);
    expect(await file.text()).toBe('hello world');
  });
});
