import type { V2NIMPassthroughService as Passthrough } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMPassthroughService';
import { serverHeaders } from '../../emulator/app-server/room-server';
import { bearer } from './support/bearer';
import { errorOf, useStage } from './support/stage';

const GET = 1;
const POST = 2;

describe('pass-through and room accounts', () => {
  const stage = useStage();

  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(stage.emulator.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const signed = () => serverHeaders(stage.emulator, Date.now());

  describe('a request over the IM link', () => {
    const proxy = async (request: Parameters<Passthrough['httpProxy']>[0]) => {
      const ann = await stage.online('ann');
      return await ann.nim.V2NIMPassthroughService.httpProxy(request);
    };

    test('reaches the room server and returns body and header', async () => {
      const { userUuid, userToken } = stage.emulator.world.roomAccounts.createAccount({
        imAccid: 'ann',
        imToken: 'token-ann',
      });
      const answer = await proxy({
        path: '/room-server/login',
        header: '{}',
        body: JSON.stringify({ userUuid, userToken }),
      });
      expect(JSON.parse(answer.body)).toEqual({ userUuid, imAccid: 'ann' });
      expect(JSON.parse(answer.header ?? '')).toMatchObject({
        'content-type': expect.stringContaining('json'),
      });
    });

    test('may be a GET, and returns failures too', async () => {
      const answer = await proxy({ path: '/room-server/nowhere', method: GET });
      expect(JSON.parse(answer.body)).toMatchObject({ code: 404 });
    });

    test.each([
      ['no path', { path: '', body: '{}' }],
      ['POST without a body', { path: '/x', method: POST }],
      ['a zone', { path: '/x', zone: 'elsewhere', body: '{}' }],
      ['a header that is not JSON', { path: '/x', header: 'no', body: '{}' }],
    ])('with %s is refused', async (_, request) => {
      expect((await errorOf(proxy(request))).code).toBeGreaterThan(0);
    });
  });

  test('a notification of the server reaches an online account', async () => {
    const ann = await stage.online('ann');
    const heard = new Promise((resolve) =>
      ann.nim.V2NIMPassthroughService.on('onProxyNotify', resolve),
    );
    await post('/control/accounts/ann/proxy-notify', { from: 'room', body: '{"cmd":1}' });
    expect(await heard).toEqual({
      fromAccountId: 'room',
      body: '{"cmd":1}',
      time: expect.any(Number),
    });
  });

  describe('room accounts', () => {
    test('are bound to an IM account with its token, by a server that knows the app secret', async () => {
      const wish = { imAccid: 'ann', imToken: 'token-ann' };
      const { status, body } = await post('/room-server/accounts', wish, signed());
      expect(status).toBe(200);
      const { userUuid, userToken } = body as { userUuid: string; userToken: string };
      expect((await post('/room-server/login', { userUuid, userToken })).body).toEqual({
        userUuid,
        imAccid: 'ann',
      });
    });

    test.each([
      ['without a checksum', { imAccid: 'ann', imToken: 'token-ann' }, false, 403],
      ['with another’s token', { imAccid: 'ann', imToken: 'token-ben' }, true, 302],
      ['for nobody', { imAccid: 'nobody', imToken: 'x' }, true, 102404],
      ['without imToken', { imAccid: 'ann' }, true, 414],
    ])('%s are refused', async (_, wish, isSigned, code) => {
      const answer = await post('/room-server/accounts', wish, isSigned ? signed() : {});
      expect(answer.body).toMatchObject({ code });
    });

    test('are made once for each user by the sample app server', async () => {
      const ask = (accountId: string) =>
        post('/app/room-account', {}, bearer(stage.emulator, accountId));
      const first = await ask('ann');
      expect(first.body).toEqual({
        userUuid: expect.any(String),
        imAccid: 'ann',
        userToken: expect.any(String),
      });
      expect(await ask('ann')).toEqual(first);
      expect(stage.emulator.world.roomAccounts.accountBoundTo('ann')).toMatchObject(first.body);
      expect((await ask('nobody')).body).toMatchObject({ code: 102404 });
    });

    test('sign in with their own token only', async () => {
      const { body } = await post('/app/room-account', {}, bearer(stage.emulator, 'ann'));
      const wrong = await post('/room-server/login', { ...body, userToken: 'wrong' });
      expect(wrong).toMatchObject({ status: 400, body: { code: 302 } });
    });
  });
});
