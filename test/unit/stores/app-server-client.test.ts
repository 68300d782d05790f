import { ConnectionError, reasonOf } from '@/connection';
import { HttpFailure, type HttpRequest, type HttpResponse } from '@/platform';
import { AppServerClient } from '@/stores/session/app-server-client';
import { settle } from '../fakes/fake-clock';
import { fakePlatform } from './fakes/fake-connection';

type Asked = Pick<HttpRequest, 'url' | 'body'> & { session: string | undefined };
type Answer = HttpResponse | Promise<HttpResponse>;

const ok = (body: unknown): HttpResponse => ({ status: 200, body });
const expired: HttpResponse = { status: 401, body: { code: 600107, message: 'expired' } };

/** An app server that numbers its sessions; `answer` is its response to all routes but `/login`. */
function setUp(answer: (asked: Asked) => Answer = () => ok({ token: 'signed' })) {
  const host = fakePlatform();
  const asked: Asked[] = [];
  const codes: string[] = [];
  let sessions = 0;
  host.platform.loginCode = () => {
    codes.push(`code-${codes.length + 1}`);
    return Promise.resolve(codes.at(-1) ?? '');
  };
  host.platform.request = async ({ url, body, headers }) => {
    const one = { url: url.replace('http://app', ''), body, session: headers?.['authorization'] };
    asked.push(one);
    if (one.url !== '/login') return await answer(one);
    return ok({ sessionToken: `s${++sessions}`, accountId: 'anna' });
  };
  const client = new AppServerClient(host.platform, 'http://app');
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 200,
      (error: unknown) => ConnectionError.from(error).code,
    );
  return { ...host, client, asked, codes, codeOf, issuedBefore: () => sessions };
}

describe('the session of the app server', () => {
  test('is created once from a wx.login code, and sent with every call that concerns the user', async () => {
    const { client, asked, codes } = setUp();
    await Promise.all([client.dynamicToken('anna'), client.dynamicToken('anna')]);
    await client.post('/anything', {});
    await client.get('/rooms/1/addresses');
    expect(codes).toEqual(['code-1']);
    expect(asked.map(({ url, session }) => [url, session])).toEqual([
      ['/login', undefined],
      ['/dynamic-token', 'Bearer s1'],
      ['/dynamic-token', 'Bearer s1'],
      ['/anything', 'Bearer s1'],
      ['/rooms/1/addresses', 'Bearer s1'],
    ]);
  });

  test('is neither created nor sent on public routes', async () => {
    const { client, asked, codes } = setUp();
    await client.get('/config', 'everybody');
    await client.session();
    await client.get('/rooms', 'everybody');
    expect(codes).toHaveLength(1);
    expect(asked.filter(({ session }) => session)).toEqual([]);
  });

  test('is renewed once for all calls after it expired', async () => {
    const { client, asked, codes } = setUp(({ session }) =>
      session === 'Bearer s1' ? expired : ok({ token: `signed for ${session}` }),
    );
    const tokens = await Promise.all([client.dynamicToken('anna'), client.dynamicToken('anna')]);
    expect(tokens).toEqual(['signed for Bearer s2', 'signed for Bearer s2']);
    expect(codes).toEqual(['code-1', 'code-2']);
    expect(asked.filter(({ url }) => url === '/login')).toHaveLength(2);
    expect(asked.filter(({ url }) => url === '/dynamic-token')).toHaveLength(4);
  });

  test('refused twice ends with the code of the server and without a third try', async () => {
    const { client, asked, codeOf } = setUp(() => ({ status: 401, body: { code: 422 } }));
    expect(await codeOf(client.dynamicToken('anna'))).toBe(422);
    expect(asked.map(({ url }) => url)).toEqual([
      '/login',
      '/dynamic-token',
      '/login',
      '/dynamic-token',
    ]);
  });

  test.each([
    [401, 'Unauthorized', 600107],
    [401, { code: 4711 }, 600107],
    [401, { code: 503 }, 600107],
    [403, '<html>', 403],
    [403, { code: 4711 }, 403],
    [403, { code: 102404 }, 102404],
    [404, { code: 102404 }, 102404],
    [404, { code: 4711 }, 4711],
  ])(
    'turns HTTP %i with %j into %i; a code about the rights of the user is final',
    async (status, body, code) => {
      const { client, codeOf } = setUp(() => ({ status, body }));
      expect(await codeOf(client.dynamicToken('anna'))).toBe(code);
      if (status !== 404) expect(reasonOf(code).retry).toBe(false);
    },
  );

  test('ends at once on a 403: the session is valid, the account lacks the right', async () => {
    const { client, asked, codeOf } = setUp(() => ({ status: 403, body: { code: 600108 } }));
    expect(await codeOf(client.dynamicToken('ben'))).toBe(600108);
    expect(asked).toHaveLength(2);
  });

  test('fails waiting calls with 191002 at its end, and the next call creates a new session', async () => {
    let answer: (response: HttpResponse) => void = () => undefined;
    const { client, asked, codes, codeOf } = setUp(({ session }) =>
      session === 'Bearer s1'
        ? new Promise((resolve) => (answer = resolve))
        : ok({ token: 'signed' }),
    );
    const waiting = codeOf(client.dynamicToken('anna'));
    await settle();
    client.endSession();
    expect(await waiting).toBe(191002);
    answer(expired);
    await settle();
    expect(codes).toHaveLength(1);
    await client.dynamicToken('anna');
    expect(asked.at(-1)?.session).toBe('Bearer s2');
  });

  test('that ends during its creation ignores the late answer', async () => {
    const { client, platform, codeOf } = setUp();
    let give: (code: string) => void = () => undefined;
    platform.loginCode = () => new Promise((resolve) => (give = resolve));
    const waiting = codeOf(client.session());
    await settle();
    client.endSession();
    expect(await waiting).toBe(191002);
    give('late');
    await settle();
    platform.loginCode = () => Promise.resolve('next');
    expect(await client.session()).toEqual({ token: 's2', accountId: 'anna' });
  });

  test('that ends at any turn of a call is not used further, and the next call creates another session', async () => {
    for (let turns = 0; turns < 60; turns++) {
      const { client, asked, codeOf, issuedBefore } = setUp(({ session }) =>
        session === 'Bearer s1' ? expired : ok({ token: 'signed' }),
      );
      const call = codeOf(client.dynamicToken('anna'));
      for (let i = 0; i < turns; i++) await Promise.resolve();
      const before = asked.length;
      client.endSession();
      const code = await call;
      await settle();
      // The server may still exchange a login code that was already sent; nobody uses the resulting session.
      expect(asked.slice(before).filter(({ url }) => url !== '/login')).toEqual([]);
      if (code === 200) return;
      expect([turns, code]).toEqual([turns, 191002]);
      const issued = issuedBefore();
      await client.post('/next', {});
      expect(Number(asked.at(-1)?.session?.replace('Bearer s', ''))).toBeGreaterThan(issued);
    }
    throw new Error('the call has more turns than were tried');
  });

  test('is not renewed again by a call whose 401 arrives after the renewal', async () => {
    const late: ((response: HttpResponse) => void)[] = [];
    const { client, codes } = setUp(({ url, session }) => {
      if (session !== 'Bearer s1') return ok({ token: 'signed', loginExtension: 'ticket' });
      return url === '/dynamic-token' ? expired : new Promise((resolve) => late.push(resolve));
    });
    const slow = client.loginExtension('anna');
    await settle();
    await client.dynamicToken('anna');
    late[0]?.(expired);
    expect(await slow).toBe('ticket');
    expect(codes).toEqual(['code-1', 'code-2']);
  });

  test('of a user who signed in by account and token is created from the two, until the sign-out', async () => {
    const { client, asked } = setUp();
    client.endSession({ accountId: 'anna', token: 'secret' });
    await client.session();
    expect(asked.at(-1)).toMatchObject({
      url: '/login',
      body: { accountId: 'anna', token: 'secret' },
    });
    client.endSession();
    await client.session();
    expect(asked.at(-1)).toMatchObject({ url: '/login', body: { code: 'code-1' } });
  });
});

describe('a product’s own sign-in', () => {
  test('creates the session instead of wx.login, and is asked again when the session has expired', async () => {
    const { client, codes } = setUp(({ session }) =>
      session === 'Bearer own-2' ? ok({ token: 'signed' }) : expired,
    );
    let given = 0;
    client.useSession(async () => ({ token: `own-${++given}`, accountId: 'anna' }));
    expect(await client.dynamicToken('anna')).toBe('signed');
    expect(codes).toEqual([]);
    expect(given).toBe(2);
  });

  test('may exchange any credentials at the app server', async () => {
    const { client, asked } = setUp();
    client.useSession(({ open }) => open({ ticket: 'of the company' }));
    expect(await client.session()).toEqual({ token: 's1', accountId: 'anna' });
    expect(asked).toEqual([
      { url: '/login', body: { ticket: 'of the company' }, session: undefined },
    ]);
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('nobody is signed in')), 600107],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
      600107,
    ],
    ['rejects with a code', () => Promise.reject(new ConnectionError(422)), 422],
    ['returns no session', () => Promise.resolve({} as never), 600105],
    ['gives nothing', () => Promise.resolve(undefined as never), 600105],
  ])('that %s ends the call with a code', async (_, provider, code) => {
    const { client, codeOf } = setUp();
    client.useSession(provider);
    expect(await codeOf(client.dynamicToken('anna'))).toBe(code);
  });

  test('that never answers ends the call with 600104 after 15 s', async () => {
    const { client, clock, codeOf } = setUp();
    client.useSession(() => new Promise(() => undefined));
    const code = codeOf(client.dynamicToken('anna'));
    await clock.advance(15_000);
    expect(await code).toBe(600104);
  });
});

describe('an unreachable app server', () => {
  test.each([
    [
      'does not answer',
      () => Promise.reject(new HttpFailure('request:fail timeout', true)),
      600104,
    ],
    [
      'is not on the list of domains',
      () => Promise.reject(new HttpFailure('request:fail url not in domain list', false)),
      600002,
    ],
  ])('has its own code when it %s', async (_, answer, code) => {
    const { client, codeOf } = setUp(answer);
    expect(await codeOf(client.get('/config', 'everybody'))).toBe(code);
    expect(await codeOf(client.dynamicToken('anna'))).toBe(code);
  });

  test('fails with 600104 after 9 s when WeChat never calls back', async () => {
    const { client, clock, codeOf } = setUp(() => new Promise(() => undefined));
    const codes = [
      codeOf(client.get('/config', 'everybody')),
      codeOf(client.dynamicToken('anna')),
      codeOf(client.roomAccount('anna')),
    ];
    await clock.advance(9000);
    expect(await Promise.all(codes)).toEqual([600104, 600104, 600104]);
  });
});

describe('a refusal of the app server keeps its meaning', () => {
  test.each([
    ['HTTP 403 without a code', { status: 403, body: '' }, 403],
    ['HTTP 404 without a code', { status: 404, body: '<html>' }, 404],
    ['HTTP 404 with a code', { status: 404, body: { code: 102404 } }, 102404],
    ['HTTP 200 with a code in place of the token', ok({ code: 302, message: 'no' }), 302],
    ['HTTP 200 with code 200 and no token', ok({ code: 200 }), 600105],
    ['HTTP 400 without a code', { status: 400, body: '' }, 600105],
  ])('%s', async (_, answer, code) => {
    const { client, codeOf } = setUp(() => answer);
    expect(await codeOf(client.dynamicToken('anna'))).toBe(code);
    expect(await codeOf(client.loginExtension('anna'))).toBe(code);
  });
});

describe('the content check', () => {
  test.each([
    ['pass', 'pass'],
    ['risky', 'risky'],
    ['hmm', 600105],
  ])('treats the answer %s as %s', async (suggest, expected) => {
    const { client, asked } = setUp(() => ok({ suggest }));
    const verdict = client.checkContent('hello', 2).catch((error: ConnectionError) => error.code);
    expect(await verdict).toBe(expected);
    expect(asked.at(-1)?.body).toEqual({ content: 'hello', scene: 2 });
  });
});

describe('the calls of the app server', () => {
  const REPORT = { kind: 'person', accountId: 'bob' } as never;

  test('have their route and their body', async () => {
    const { client, asked } = setUp(({ url }) =>
      ok(
        {
          '/dynamic-token': { token: 't' },
          '/login-extension': { loginExtension: 'e' },
          '/room-account': { userUuid: 'u', userToken: 'k' },
          '/content-check': { suggest: 'pass' },
        }[url] ?? {},
      ),
    );
    expect(await client.dynamicToken('anna')).toBe('t');
    expect(await client.loginExtension('anna')).toBe('e');
    await client.roomAccount('anna');
    expect(await client.checkContent('hello', 2)).toBe('pass');
    await client.report(REPORT);
    expect(asked.slice(1).map(({ url, body }) => [url, body])).toEqual([
      ['/dynamic-token', { accountId: 'anna' }],
      ['/login-extension', { accountId: 'anna' }],
      ['/room-account', { accountId: 'anna' }],
      ['/content-check', { content: 'hello', scene: 2 }],
      ['/reports', REPORT],
    ]);
  });

  test('return the room account with its IM account only when the server names it', async () => {
    const account = { userUuid: 'u', userToken: 'k' };
    for (const [imAccid, more] of [
      ['anna', { imAccid: 'anna' }],
      ['', {}],
      [7, {}],
      [undefined, {}],
    ] as const) {
      const { client } = setUp(() => ok({ ...account, imAccid }));
      expect(await client.roomAccount('anna')).toEqual({ ...account, ...more });
    }
  });

  test('cut a long text of a report by characters, not inside of one', async () => {
    const { client, asked } = setUp();
    const message = { text: '\u{1F600}'.repeat(5000), messageServerId: '1' };
    await client.report({ ...(REPORT as object), message } as never);
    const sent = asked.at(-1)?.body as { message: typeof message };
    expect(sent.message.messageServerId).toBe('1');
    expect([...sent.message.text].every((one) => one === '\u{1F600}')).toBe(true);
    expect([...sent.message.text].length).toBeLessThan(5000);
  });

  test('name an answer outside the contract, with the status and the code of the server', async () => {
    const detailOf = async (answer: HttpResponse) => {
      const { client } = setUp(() => answer);
      return client.dynamicToken('anna').then(
        () => undefined,
        (error: unknown) => {
          const { code, detail } = ConnectionError.from(error);
          return `${code} ${detail}`;
        },
      );
    };
    expect(await detailOf(ok({ token: '' }))).toMatch(/^600105 /);
    expect(await detailOf(ok({ token: 7 }))).toMatch(/^600105 /);
    expect(await detailOf(ok(null))).toMatch(/^600105 /);
    expect(await detailOf(ok('text'))).toMatch(/^600105 /);
    expect(await detailOf({ status: 300, body: { token: 't' } })).not.toBeUndefined();
    expect(await detailOf({ status: 199, body: { token: 't' } })).not.toBeUndefined();
    expect(await detailOf({ status: 299, body: { token: 't' } })).toBeUndefined();
    expect(await detailOf({ status: 403, body: 'no' })).toMatch(/^403 /);
    expect(await detailOf({ status: 404, body: null })).toMatch(/^404 /);
    expect(await detailOf({ status: 500, body: { code: 'x' } })).not.toContain('code x');
    expect(await detailOf({ status: 500, body: { code: 7 } })).toContain('code 7');
  });
});
