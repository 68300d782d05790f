import type { V2NIMChatroomClient } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK';
import type { Core } from '@/connection/boot';
import type { RoomPort } from '@/packages/chatroom/connection/room-port';
import type { RuntimeEnv } from '@/env';
import { environmentOf, waitFor } from '../harness';
import { poke } from '../harness/activity';
import { bundle, evaluate } from '../harness/bundle';
import { roomTexts } from '../harness/room-client';
import { ROOM, ROOMS, useRoomWorld } from '../harness/room-world';
import { createWx, type WxHandle, type WxOptions } from '../wx';

/** Each test shows a behaviour of the unmodified chatroom SDK beside the behaviour of the shielded SDK. */
const world = useRoomWorld();
const BEN = { signIn: { way: 'static', accountId: 'ben', token: 'token-ben' } } as const;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Client = V2NIMChatroomClient & { clientSocket: { setLinkSSL(on: boolean): void } };

interface Sdk {
  newInstance(options: object, other: object): Client;
  destroyInstance(instanceId: number): Promise<void> | undefined;
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function phone(wxOptions: WxOptions = {}): WxHandle {
  const wx = createWx(wxOptions);
  ends.push(wx.onActivity(poke), () => wx.dispose());
  return wx;
}

/** Creates the bare SDK in a mini-program, used as its documents describe. */
function bareSdk(wxOptions: WxOptions = {}) {
  const wx = phone({ limits: false, ...wxOptions });
  const module = evaluate<{ V2NIMChatroomClient: Sdk }>(bundle('chatroom-entry.ts'), wx.wx, {});
  const sdk = module.V2NIMChatroomClient;
  const create = () => {
    const client = sdk.newInstance(
      { appkey: world.emulator.appkey, debugLevel: 'off' },
      {
        reporterConfig: { isDataReportEnable: false, enableCompass: false },
        abtestConfig: { isAbtestEnable: false },
      },
    );
    client.clientSocket.setLinkSSL(false);
    ends.push(() => sdk.destroyInstance(client.getInstanceId()));
    return client;
  };
  const enter = (client: Client, roomId: string, { links = 1, timeout = 20 } = {}) =>
    client.enter(roomId, {
      accountId: 'ben',
      token: 'token-ben',
      timeout,
      linkProvider: () => Promise.resolve(Array(links).fill(world.emulator.linkUrl) as string[]),
    });
  const destroy = (client: Client) => sdk.destroyInstance(client.getInstanceId());
  return { wx, create, enter, destroy };
}

/** Creates an instance of the app's own port to the SDK. */
function roomPort(wx: WxHandle = phone()) {
  const module = evaluate<{ boot(): Core; createRoomPort(env: RuntimeEnv): RoomPort }>(
    bundle('room-core-entry.ts'),
    wx.wx,
    environmentOf(world.emulator),
  );
  const port = module.createRoomPort(module.boot().env);
  const enter = (roomId: string = ROOM) =>
    port.enter({
      roomId,
      address: world.emulator.linkUrl,
      proof: { accountId: 'ben', anonymous: false, authType: 0, token: 'token-ben' },
      params: {},
      isReconnect: false,
      timeoutSeconds: 20,
    });
  return { wx, port, enter };
}

/** Returns a record that holds the outcome of the promise once it is settled. */
function watch(promise: Promise<unknown>) {
  const fate: { settled?: 'in' | number } = {};
  promise.then(
    () => (fate.settled = 'in'),
    (error: { code: number }) => (fate.settled = error.code),
  );
  return fate;
}

it('the SDK resolves destroy while the socket is open; the shield resolves leave after the close', async () => {
  const bare = bareSdk({ closeDelayMs: 200 });
  const client = bare.create();
  await bare.enter(client, ROOM);
  await bare.destroy(client);
  expect(bare.wx.sockets.live).toBe(1);

  const ours = await world.visitor('ben', ROOM, { closeDelayMs: 200 });
  await ours.chatroom.leave();
  expect(ours.wx.sockets.live).toBe(0);
});

it('the SDK connects after a destroy in the same turn as enter; the shielded SDK does not', async () => {
  const bare = bareSdk();
  const client = bare.create();
  watch(bare.enter(client, ROOM, { timeout: 2 }));
  await bare.destroy(client);
  await waitFor(() => bare.wx.sockets.connects.length > 0, {
    what: 'the destroyed instance to open a socket',
  });

  const { wx, port, enter } = roomPort(phone());
  const ours = enter(ROOMS[1]);
  const refused = expect(ours).rejects.toMatchObject({ code: 191002 });
  await port.destroy();
  await refused;
  expect(wx.sockets.connects).toEqual([]);
});

it('the SDK leaves its socket open when destroyed between login and the end of enter; the shield closes it', async () => {
  // After the login the SDK asks for its storage settings, and only then `enter` resolves.
  world.emulator.faults.add({ kind: 'command', command: '6_27', delayMs: 300 });
  const asked = () => world.emulator.log.requestsOf('6_27');
  const bare = bareSdk();
  const client = bare.create();
  watch(bare.enter(client, ROOMS[0]));
  await waitFor(() => asked() === 1, { what: 'the bare SDK to be logged in' });
  await bare.destroy(client);
  expect(bare.wx.sockets.log.some(({ event }) => event === 'closing')).toBe(false);

  const ours = world.client();
  const refused = expect(ours.chatroom.enter(ROOMS[1], BEN)).rejects.toMatchObject({
    code: 191002,
  });
  await waitFor(() => asked() === 2, { what: 'the shielded SDK to be logged in' });
  await ours.chatroom.leave();
  expect(ours.wx.sockets.live).toBe(0);
  await refused;
});

it('the SDK hangs when a socket is refused after the handshake; the shielded SDK tries again', async () => {
  world.emulator.faults.add({ kind: 'upgrade', how: 'drop', times: 1 });
  const bare = bareSdk();
  const entering = watch(bare.enter(bare.create(), ROOM, { timeout: 2 }));
  // The bare SDK does nothing during this time; its timers are real.
  await pause(1500);
  expect([entering.settled, bare.wx.sockets.connects.length]).toEqual([undefined, 1]);

  world.emulator.faults.add({ kind: 'upgrade', how: 'drop', times: 1 });
  const ours = await world.visitor('ben');
  expect(ours.wx.sockets.connects).toHaveLength(2);
});

it('the SDK opens a socket to each address at once; the shielded SDK opens them in turn', async () => {
  world.emulator.faults.add({ kind: 'command', command: '36_2', code: 503, times: 2 });
  const bare = bareSdk({ closeDelayMs: 200 });
  await bare.enter(bare.create(), ROOM, { links: 3 });
  expect(bare.wx.sockets.maxLive).toBe(3);

  world.emulator.faults.add({ kind: 'command', command: '36_2', code: 503, times: 2 });
  const ours = await world.visitor('ben', ROOM, { closeDelayMs: 200 });
  expect(ours.wx.sockets.connects).toHaveLength(3);
  expect(ours.wx.sockets.maxLive).toBe(1);
});

it('the SDK leaves its socket open after a timeout of the login; the shield closes it', async () => {
  world.emulator.faults.add({ kind: 'command', command: '36_2', drop: 'request' });
  const bare = bareSdk();
  const client = bare.create();
  await expect(bare.enter(client, ROOM, { timeout: 0.5 })).rejects.toMatchObject({ code: 191005 });
  await bare.destroy(client);
  expect(bare.wx.sockets.live).toBe(1);

  const ours = world.client();
  const entering = ours.chatroom.enter(ROOM, { ...BEN, timeout: 0.5 });
  await expect(entering).rejects.toMatchObject({ code: 191005 });
  expect(ours.wx.sockets.live).toBe(0);
});

it('the SDK does not fetch missed messages after a reconnect; the shielded SDK does', async () => {
  const bare = await world.bare('chen');
  const ours = await world.visitor('ben');
  const down = world.emulator.faults.add({ kind: 'handshake', status: 503 });
  world.emulator.faults.cut();
  await waitFor(() => ours.room.state.name === 'reconnecting', { what: 'the link to be lost' });
  world.emulator.rooms.sendAs(ROOM, 'anna', 'missed');
  down.remove();
  ours.room.retryNow();
  await waitFor(() => roomTexts(ours.room).includes('missed'), { what: 'the missed text' });
  await waitFor(() => bare.seen('onChatroomStatus').slice(-1)[0]?.[0] === 5, {
    what: 'the bare SDK to be inside again',
  });
  world.emulator.rooms.sendAs(ROOM, 'anna', 'after');
  await waitFor(() => bare.received.length === 1, { what: 'the next text' });
  expect(bare.received.map(({ text }) => text)).toEqual(['after']);
  expect(bare.seen('onChatroomEntered')).toHaveLength(1);
});

it('the SDK reports an exit without a cause before the kick; the shield reports the kick as the cause', async () => {
  const bare = await world.bare('chen');
  const ours = await world.visitor('ben');
  for (const who of ['chen', 'ben']) world.emulator.rooms.kick(ROOM, who, { extension: 'why' });
  await waitFor(() => bare.kicked && ours.room.state.name === 'exited', {
    what: 'both to be removed',
  });
  expect(bare.events.slice(-3).map(({ event }) => event)).toEqual([
    'onChatroomStatus',
    'onChatroomExited',
    'onChatroomKicked',
  ]);
  expect(ours.room.state).toMatchObject({ cause: { kind: 'kicked', reason: 2, extension: 'why' } });
});

it('the SDK loses the network listener with the first of two rooms; the shield keeps it', async () => {
  const bare = bareSdk();
  const [first, second] = [bare.create(), bare.create()];
  const statuses: number[] = [];
  await bare.enter(first, ROOMS[0]);
  await bare.enter(second, ROOMS[1]);
  first.on('onChatroomStatus', (status) => void statuses.push(status as number));
  await bare.destroy(second);
  const ours = world.client();
  ours.core.manager.rooms.setPlaces(2);
  const stays = await ours.chatroom.enter(ROOMS[0], BEN);
  await ours.chatroom.leave(await ours.chatroom.enter(ROOMS[1], BEN));
  for (const { wx } of [bare, ours]) wx.network.set(false);
  await waitFor(() => stays.state.name === 'reconnecting', {
    what: 'the shielded SDK to lose the link',
  });
  expect(stays.state).toMatchObject({ reason: 600103 });
  expect(statuses).toEqual([]);
});

test('a removed listener of an SDK instance receives no events', async () => {
  const { port, enter } = roomPort();
  const heard: string[] = [];
  const stop = port.on('status', () => heard.push('stopped'));
  port.on('status', () => heard.push('listening'));
  stop();
  await enter();
  expect(heard).toContain('listening');
  expect(heard).not.toContain('stopped');
  await port.destroy();
});

test('the SDK calls its providers before the link opens, while its documents say after', async () => {
  const bare = bareSdk();
  const client = bare.create();
  const { counters } = world.emulator.log;
  const asked: string[] = [];
  const provider = (name: string, answer: string) => () => {
    asked.push(`${name} after ${counters.handshakes} handshakes`);
    return Promise.resolve(answer);
  };
  await client.enter(ROOM, {
    accountId: 'ben',
    linkProvider: () => Promise.resolve([world.emulator.linkUrl]),
    loginOption: {
      authType: 2 as never,
      tokenProvider: provider('token', ''),
      loginExtensionProvider: provider('extension', '{"ticket":"ticket-ben"}'),
    },
  });
  expect(asked).toEqual(['token after 0 handshakes', 'extension after 0 handshakes']);
  world.emulator.faults.cut({ accountId: 'ben' });
  await waitFor(() => world.emulator.log.enters.length === 2, {
    what: 'the SDK to be inside again',
  });
  expect(asked.slice(2)).toEqual(['token after 1 handshakes', 'extension after 1 handshakes']);
});
