import { WebSocket } from 'ws';
import { Faults } from '../../emulator/faults/faults';
import { seededRandom, shuffled } from '../../emulator/faults/random';
import type { TestClient } from './support/client';
import { errorOf, until, useStage } from './support/stage';

/** Opens a socket without the SDK, which hides handshake and frames. Resolves with the open socket. */
async function openSocket(url: string): Promise<WebSocket> {
  const handshake = await fetch(`${url}/socket.io/1/?t=1`);
  const sid = (await handshake.text()).split(':')[0] ?? '';
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/1/websocket/${sid}`);
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return socket;
}

describe('faults', () => {
  const stage = useStage();

  const texts = (client: TestClient): (string | undefined)[] =>
    client.received().map(({ text }) => text);
  const quick = { login: { timeout: 400 } };

  describe('of a command', () => {
    test('answers an account with a code, for a given number of times', async () => {
      const ann = await stage.online('ann');
      const ben = await stage.online('ben');
      const fault = stage.emulator.faults.add({
        kind: 'command',
        command: '30_1',
        code: 107451,
        times: 2,
        accountId: 'ann',
      });
      await ben.sendText('ann', 'not concerned');
      expect((await errorOf(ann.sendText('ben', '1'))).code).toBe(107451);
      expect((await errorOf(ann.sendText('ben', '2'))).code).toBe(107451);
      await ann.sendText('ben', '3');
      expect(fault.hits).toBe(2);
      expect(stage.emulator.faults.list()).toEqual([]);
    });

    test('applies to the login of one account only', async () => {
      const login = { kind: 'command' as const, command: '26_3', code: 302, accountId: 'ann' };
      stage.emulator.faults.add(login);
      await stage.online('ben');
      expect((await errorOf(stage.client('ann').login())).code).toBe(302);
    });

    test('delays the answer but not the effect', async () => {
      const ann = await stage.online('ann');
      const ben = await stage.online('ben');
      stage.emulator.faults.add({ kind: 'command', command: '30_1', delayMs: 300 });
      const order: string[] = [];
      const sent = ann.sendText('ben', 'slow').then(() => order.push('answered'));
      const received = ben.waitFor('onReceiveMessages').then(() => order.push('received'));
      await Promise.all([sent, received]);
      expect(order).toEqual(['received', 'answered']);
    });

    test('drops the request or the answer', async () => {
      const ann = await stage.online('ann');
      const { faults, world } = stage.emulator;
      const count = (): number => world.serverLog('p2p', 'ann', 'ben').length;
      faults.add({ kind: 'command', command: '30_1', drop: 'request', times: 1 });
      const first = errorOf(ann.sendText('ben', 'never arrives'));
      await until(() => faults.list().length === 0, 'the request came');
      faults.add({ kind: 'command', command: '30_1', drop: 'reply', times: 1 });
      const second = errorOf(ann.sendText('ben', 'arrives'));
      await until(() => count() === 1, 'the second arrived');
      faults.cut({ accountId: 'ann' });
      expect([(await first).code, (await second).code]).toEqual([192003, 192003]);
    });
  });

  describe('of the link', () => {
    test('a refused handshake fails the login attempt; the next attempt succeeds', async () => {
      stage.emulator.faults.add({ kind: 'handshake', status: 503, times: 1 });
      const ann = stage.client('ann');
      await ann.login({ retryCount: 1 });
      expect(stage.emulator.log.counters.handshakes).toBe(2);
      expect(stage.emulator.log.counters.upgrades).toBe(1);
    });

    test.each([{ how: 'status' as const }, { how: 'drop' as const }, { how: 'hang' as const }])(
      'an upgrade that is refused ($how) leaves the client without a socket',
      async ({ how }) => {
        stage.emulator.faults.add({ kind: 'upgrade', how });
        const refused = errorOf(stage.client('ann').login({ timeout: 400 }));
        expect((await refused).code).toBe(191005);
        expect(stage.emulator.clients.openLinks()).toEqual([]);
      },
    );

    test('a delayed upgrade delays the login', async () => {
      stage.emulator.faults.add({ kind: 'upgrade', how: 'delay', delayMs: 300 });
      const start = Date.now();
      await stage.online('ann', quick);
      expect(Date.now() - start).toBeGreaterThanOrEqual(300);
    });

    test('without 1:: the login fails', async () => {
      stage.emulator.faults.add({ kind: 'noConnectFrame' });
      const refused = errorOf(stage.client('ann').login({ timeout: 400 }));
      expect((await refused).code).toBe(191005);
      expect(stage.emulator.log.counters.linksOpened).toBe(1);
      expect(stage.emulator.log.logins).toEqual([]);
    });

    test.each(['terminate', 'close', 'disconnect'] as const)(
      'cut by %s, only the given account loses its link',
      async (how) => {
        const ann = await stage.online('ann');
        const ben = await stage.online('ben');
        expect(stage.emulator.faults.cut({ accountId: 'ann', how })).toBe(1);
        await ann.waitFor('onDisconnected');
        expect(ben.events.some(({ event }) => event === 'onDisconnected')).toBe(false);
      },
    );

    test('a half-open link passes nothing; after it is restored, the delayed frames arrive', async () => {
      const ann = await stage.online('ann');
      const ben = await stage.online('ben');
      expect(stage.emulator.faults.halfOpen({ accountId: 'ben' })).toBe(1);
      await ann.sendText('ben', 'held back');
      const fromBen = ben.sendText('ann', 'stuck');
      await ann.sendText('cid', 'a while later');
      expect(texts(ben)).toEqual([]);
      expect(texts(ann)).toEqual([]);
      expect(stage.emulator.faults.restore()).toBe(1);
      await fromBen;
      await ben.waitFor('onReceiveMessages');
      expect(texts(ben)).toEqual(['held back']);
    });

    test('a slow close delays the answer', async () => {
      stage.emulator.faults.add({ kind: 'slowClose', delayMs: 300, times: 1 });
      const socket = await openSocket(stage.emulator.url);
      const start = Date.now();
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.send('0::');
      socket.close();
      await closed;
      expect(Date.now() - start).toBeGreaterThanOrEqual(290);
    });
  });

  describe('of pushes', () => {
    test('each message is pushed twice', async () => {
      const ben = await stage.online('ben');
      stage.emulator.faults.add({ kind: 'push', duplicate: 1 });
      stage.emulator.world.sendMessage({ from: 'ann', to: 'ben', text: 'echo' });
      await until(() => texts(ben).length === 2, 'two messages');
      expect(texts(ben)).toEqual(['echo', 'echo']);
    });

    test('messages are reordered, equally for the same seed', async () => {
      const expected = async (seed: number): Promise<(string | undefined)[]> => {
        const ben = await stage.online('ben');
        const before = ben.received().length;
        const fault = stage.emulator.faults.add({ kind: 'push', reorderWindowMs: 20, seed });
        for (let index = 0; index < 10; index += 1) {
          stage.emulator.world.sendMessage({ from: 'ann', to: 'ben', text: `${index}` });
        }
        await until(() => texts(ben).length === before + 10, 'ten messages');
        fault.remove();
        await until(() => stage.emulator.world.mailbox('ben').offline.length === 0, 'read');
        await ben.dispose();
        return texts(ben).slice(before);
      };
      const first = await expected(7);
      const second = await expected(7);
      const inOrder = Array.from({ length: 10 }, (_, index) => `${index}`);
      expect(first).not.toEqual(inOrder);
      expect([...first].sort()).toEqual(inOrder);
      expect(second).toEqual(first);
    });
  });

  describe('of LBS', () => {
    test.each([
      { kind: 'lbs' as const, how: 'status' as const, status: 500 },
      { kind: 'lbs' as const, how: 'html' as const },
    ])('$how leads to linkUrl', async (fault) => {
      stage.emulator.faults.add(fault);
      await stage.online('ann');
      expect(stage.emulator.log.counters.lbsRequests).toBe(1);
    });

    test('the answer has foreign links first, and no socket is opened there', async () => {
      stage.emulator.faults.add({ kind: 'lbs', how: 'links', links: ['127.0.0.1:9'] });
      const ann = stage.client('ann');
      await ann.login({ retryCount: 1 });
      expect(stage.emulator.clients.openLinks()).toHaveLength(1);
      const answer = await (await fetch(stage.emulator.lbsUrl)).json();
      expect(answer).toMatchObject({
        common: { 'mix.link': ['127.0.0.1:9', stage.emulator.linkUrl] },
      });
    });

    test('the answer has the given body, or none', async () => {
      const { faults, lbsUrl } = stage.emulator;
      faults.add({ kind: 'lbs', how: 'json', body: {}, times: 1 });
      expect(await (await fetch(lbsUrl)).json()).toEqual({});
      faults.add({ kind: 'lbs', how: 'hang', times: 1 });
      await expect(fetch(lbsUrl, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
      expect(await (await fetch(lbsUrl)).json()).toHaveProperty('common');
    });
  });
});

describe('the list of faults', () => {
  test('the oldest matching fault applies, and is removed when used up', () => {
    const faults = new Faults();
    faults.add({ kind: 'handshake', status: 500, times: 1 });
    faults.add({ kind: 'handshake', status: 502 });
    const statuses = [1, 2, 3].map(() => faults.strike('handshake')?.status);
    expect(statuses).toEqual([500, 502, 502]);
    faults.clear();
    expect(faults.strike('handshake')).toBeUndefined();
  });

  test('the same seed gives the same shuffle', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(shuffled(list, seededRandom(3))).toEqual(shuffled(list, seededRandom(3)));
    expect(shuffled(list, seededRandom(3))).not.toEqual(shuffled(list, seededRandom(4)));
  });
});
