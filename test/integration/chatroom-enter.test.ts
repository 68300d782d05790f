import { issueDynamicToken } from '../../emulator/im/authentication';
import type { RoomStore } from '@/packages/chatroom';
import { environmentOf, waitFor } from '../harness';
import { ROOM, useRoomWorld } from '../harness/room-world';

const world = useRoomWorld();

const enters = () => world.emulator.log.enters;

const as = (token: string) => ({ signIn: { way: 'static', accountId: 'ben', token } }) as const;

/** Cuts the link and waits until the client has entered the room again. */
async function reconnect(room: RoomStore, accountId = 'ben'): Promise<void> {
  world.emulator.faults.cut({ accountId });
  await waitFor(() => room.state.name === 'reconnecting', { what: 'the link to be lost' });
  await waitFor(() => room.state.name === 'inside', { what: 'the room to be entered again' });
}

describe('entering a room', () => {
  test('uses the account and the sign-in method of IM, and asks IM for the address', async () => {
    const client = world.client();
    await client.signIn('ben');
    const room = await client.chatroom.enter(ROOM);
    expect(room.state.name).toBe('inside');
    expect(room.info?.roomName).toBe('Room 9000');
    expect(room.me.member).toMatchObject({ accountId: 'ben', roomNick: 'Name of ben' });
    // The request names the client type mini-program: for others the emulator returns a port without a listener.
    expect(world.emulator.log.requestsOf('36_1')).toBe(1);
    expect(client.wx.sockets.connects.map((url) => new URL(url).host)).toEqual([
      world.emulator.linkUrl,
      world.emulator.linkUrl,
    ]);
  });

  test('sends the name and picture of the account', async () => {
    const ben = world.emulator.world.requireAccount('ben');
    ben.profile.avatar = 'http://127.0.0.1/profile.png';
    const client = world.client();
    await client.signIn('ben');
    await waitFor(() => client.root.account?.users.self.known, { what: 'the profile' });
    await client.chatroom.enter(ROOM);
    expect(enters()).toMatchObject([{ nick: 'Name of ben', avatar: ben.profile.avatar }]);
  });

  test("names a guest by the generated account's id", async () => {
    const client = world.client();
    const room = await client.chatroom.enter(ROOM);
    expect(enters()).toMatchObject([{ nick: room.accountId, avatar: '', hasToken: false }]);
  });

  test('uses a static token and an address from the app server', async () => {
    const client = await world.visitor('ben');
    expect(client.room.me.member?.roomNick).toBe('BEN');
    expect(world.emulator.rooms.membersOnline(ROOM)).toEqual(['ben']);
    expect(world.emulator.log.requestsOf('36_1')).toBe(0);
  });

  test('renews the token of a one-tap sign-in that the app server has replaced', async () => {
    const client = world.client({ loginCode: 'demo:ben' });
    await client.root.session.signIn({ way: 'oneTap' });
    Object.assign(world.emulator.world.requireAccount('ben'), { token: 'rotated' });
    const room = await client.chatroom.enter(ROOM);
    expect(room.state.name).toBe('inside');
    expect(enters().map(({ code }) => code)).toEqual([302, 200]);
    Object.assign(world.emulator.world.requireAccount('ben'), { token: 'again' });
    await reconnect(room);
    expect(enters().map(({ code }) => code)).toEqual([302, 200, 302, 200]);
    expect(client.wx.sockets.maxLive).toBe(2);
  });

  test('ends with 302 when the renewed token is refused too', async () => {
    const client = world.client({ loginCode: 'demo:ben' });
    await client.root.session.signIn({ way: 'oneTap' });
    world.emulator.faults.add({ kind: 'command', command: '36_2', code: 302 });
    await expect(client.chatroom.enter(ROOM)).rejects.toMatchObject({ code: 302 });
    expect(world.emulator.faults.list()).toMatchObject([{ hits: 2 }]);
  });

  test('requests a dynamic token for each attempt', async () => {
    const { emulator } = world;
    let asked = 0;
    const client = world.client();
    const room = await client.chatroom.enter(ROOM, {
      signIn: {
        way: 'dynamic',
        accountId: 'ben',
        tokenProvider: (roomId, accountId) => {
          asked++;
          expect([roomId, accountId]).toEqual([ROOM, 'ben']);
          return Promise.resolve(issueDynamicToken(emulator, accountId, Date.now(), 60));
        },
      },
    });
    expect(asked).toBe(1);
    await reconnect(room);
    expect(asked).toBe(2);
  });

  test('requests an extension for the third-party callback for each attempt', async () => {
    let asked = 0;
    const client = world.client();
    const room = await client.chatroom.enter(ROOM, {
      signIn: {
        way: 'thirdParty',
        accountId: 'ben',
        loginExtensionProvider: () => {
          asked++;
          return Promise.resolve(JSON.stringify({ ticket: 'ticket-ben' }));
        },
      },
    });
    expect(room.me.member?.accountId).toBe('ben');
    await reconnect(room);
    expect(asked).toBe(2);
    expect(enters()).toMatchObject([{ hasToken: false }, { hasToken: false }]);
  });

  test('sends the third-party callback a token beside the extension', async () => {
    const client = world.client();
    await client.chatroom.enter(ROOM, {
      signIn: {
        way: 'thirdParty',
        accountId: 'ben',
        loginExtensionProvider: () => Promise.resolve('{"ticket":"ticket-ben"}'),
        tokenProvider: () => Promise.resolve('beside'),
      },
    });
    expect(enters()).toMatchObject([
      { hasToken: true, loginExtension: '{"ticket":"ticket-ben"}', authType: 2 },
    ]);
  });

  test('sends the token and the extension of an IM login by the third-party callback', async () => {
    const client = world.client();
    await client.core.manager.login({
      accountId: 'ben',
      authType: 'thirdParty',
      token: 'beside',
      loginExtensionProvider: () => Promise.resolve('{"ticket":"ticket-ben"}'),
    });
    await client.chatroom.enter(ROOM);
    expect(enters()).toMatchObject([
      { hasToken: true, loginExtension: '{"ticket":"ticket-ben"}', authType: 2 },
    ]);
  });

  test('sends a login extension with every other sign-in method too', async () => {
    const loginExtensionProvider = () => Promise.resolve('for the callback');
    const client = world.client();
    await client.chatroom.enter(ROOM, { signIn: { way: 'anonymous', loginExtensionProvider } });
    await client.chatroom.enter(ROOM, {
      signIn: { way: 'static', accountId: 'ben', token: 'token-ben', loginExtensionProvider },
    });
    expect(enters().map(({ loginExtension }) => loginExtension)).toEqual([
      'for the callback',
      'for the callback',
    ]);
  });

  test('ends with 302 after a single attempt when the third-party callback refuses', async () => {
    const client = world.client();
    const entering = client.chatroom.enter(ROOM, {
      signIn: {
        way: 'thirdParty',
        accountId: 'ben',
        loginExtensionProvider: () => Promise.resolve('forged'),
      },
    });
    await expect(entering).rejects.toMatchObject({ code: 302 });
    expect(client.room.state).toMatchObject({
      name: 'exited',
      cause: { kind: 'refused', code: 302 },
    });
    expect(world.emulator.log.enters).toMatchObject([{ accountId: 'ben', authType: 2, code: 302 }]);
    expect(client.wx.sockets.live).toBe(0);
  });

  test('gives an anonymous user the same guest account each time, which only receives', async () => {
    const client = world.client();
    const first = await client.chatroom.enter(ROOM);
    const guest = first.me.member?.accountId;
    expect(guest).toMatch(/^nimanon_[0-9a-f]{32}$/);
    expect(first.composer).toEqual({ kind: 'anonymous' });
    expect(() => first.sendText('hello')).toThrow(expect.objectContaining({ code: 114303 }));
    const anna = await world.bare('anna');
    await anna.send('welcome');
    await waitFor(() => first.feed.rows().some(({ text }) => text === 'welcome'), {
      what: 'the guest to receive the text',
    });
    await client.chatroom.leave();
    const again = await client.chatroom.enter(ROOM, { signIn: { way: 'anonymous' } });
    expect(again.me.member?.accountId).toBe(guest);
  });

  test('sends every field of the own member, and the others see each field', async () => {
    const client = world.client();
    const anna = await world.bare('anna');
    await client.chatroom.enter(ROOM, {
      signIn: { way: 'static', accountId: 'ben', token: 'token-ben' },
      roomNick: 'Benny',
      roomAvatar: 'http://127.0.0.1/ben.png',
      serverExtension: 'mine',
      notificationExtension: 'with the notice',
      tagConfig: { tags: ['red'], notifyTargetTags: '["red"]' },
      locationConfig: { locationInfo: { x: 1, y: 2, z: 3 }, distance: 100 },
      antispamConfig: { antispamBusinessId: '{"checks":"mine"}' },
      timeout: 20,
    });
    expect(world.emulator.rooms.clients(ROOM, 'ben')).toMatchObject([
      {
        nick: 'Benny',
        avatar: 'http://127.0.0.1/ben.png',
        serverExtension: 'mine',
        tags: ['red'],
        notifyTargetTags: '["red"]',
        location: { x: 1, y: 2, z: 3 },
        distance: 100,
        antispamBusinessId: '{"checks":"mine"}',
      },
    ]);
    const [member] = await anna.service.getMemberByIds(['ben']);
    expect(member).toMatchObject({
      roomNick: 'Benny',
      roomAvatar: 'http://127.0.0.1/ben.png',
      serverExtension: 'mine',
    });
    expect(client.room.me.tags).toEqual(['red']);
    expect(client.room.me.location?.distance).toBe(100);
  });

  test('sends the customClientType of the product', async () => {
    const client = world.client();
    client.core.manager.setOptions({ customClientType: 7 });
    await client.chatroom.enter(ROOM, as('token-ben'));
    expect(world.emulator.rooms.clients(ROOM)).toMatchObject([{ customClientType: 7 }]);
  });

  test("writes neither token nor extension to the SDK's log", async () => {
    const lines: string[] = [];
    const ticket = JSON.stringify({ ticket: 'ticket-ben', note: 'say "hi" \\ there' });
    const client = world.client();
    client.core.manager.setOptions({
      debugLevel: 'debug',
      logSink: (level, line) => lines.push(`${level} ${line}`),
    });
    const loginExtensionProvider = () => Promise.resolve(ticket);
    await client.chatroom.enter(ROOM, {
      signIn: { way: 'static', accountId: 'ben', token: 'token-ben', loginExtensionProvider },
    });
    const log = lines.join('\n');
    expect(log).toContain('v2ChatroomLogin');
    expect(log).toContain('[redacted]');
    expect(log).not.toContain('token-ben');
    expect(log).not.toContain('ticket-ben');
  });

  test('sends an extension with the enter notification', async () => {
    const anna = await world.bare('anna');
    await world.client().chatroom.enter(ROOM, {
      signIn: { way: 'static', accountId: 'ben', token: 'token-ben' },
      notificationExtension: 'with the notice',
    });
    const notice = await waitFor(() => anna.notifications.find((one) => one.senderId === 'ben'), {
      what: 'the enter notification of Ben',
    });
    expect(notice.attachment.notificationExtension).toBe('with the notice');
  });
});

describe('a reconnect', () => {
  test('sends a single notification from the same device, without a new login of the app', async () => {
    const client = await world.visitor('ben');
    await reconnect(client.room);
    const [first, second, ...more] = enters();
    expect(more).toEqual([]);
    expect([first?.appLogin, second?.appLogin]).toEqual([1, 0]);
    expect(second?.deviceId).toBe(first?.deviceId);
  });

  test('sends a single notification for a guest too', async () => {
    const client = world.client();
    const room = await client.chatroom.enter(ROOM);
    await reconnect(room, room.accountId);
    expect(enters().map(({ appLogin }) => appLogin)).toEqual([1, 0]);
  });

  test('replaces the link that the server still counts as alive', async () => {
    world.emulator.rooms.room(ROOM).loginPolicy = { kind: 'exclusive' };
    const client = await world.visitor('ben');
    const [before] = world.emulator.rooms.clients(ROOM);
    world.emulator.faults.halfOpen({ accountId: 'ben' });
    client.wx.network.set(false);
    await waitFor(() => client.room.state.name === 'reconnecting', { what: 'the link to be lost' });
    expect(world.emulator.rooms.clients(ROOM)).toEqual([before]);
    client.wx.network.set(true);
    await waitFor(() => client.room.state.name === 'inside', { what: 'Ben to be inside again' });
    expect(world.emulator.rooms.clients(ROOM)).toHaveLength(1);
  });

  test('keeps nick, picture, extension, tags and location as they were set in the room', async () => {
    const client = await world.visitor('ben');
    const { room } = client;
    await room.updateMe({
      roomNick: 'Benny',
      roomAvatar: 'http://127.0.0.1/new.png',
      serverExtension: 'new',
    });
    await room.updateTags(['blue'], '["blue"]');
    await room.updateLocation({ locationInfo: { x: 4, y: 5, z: 6 }, distance: 7 });
    const set = {
      nick: 'Benny',
      avatar: 'http://127.0.0.1/new.png',
      serverExtension: 'new',
      tags: ['blue'],
      notifyTargetTags: '["blue"]',
      location: { x: 4, y: 5, z: 6 },
      distance: 7,
    };
    const [before] = world.emulator.rooms.clients(ROOM, 'ben');
    expect(before).toMatchObject(set);
    for (let times = 0; times < 2; times++) {
      await reconnect(room);
      const [client] = world.emulator.rooms.clients(ROOM, 'ben');
      expect(client).toMatchObject(set);
      expect(client?.enterTime).not.toBe(before?.enterTime);
    }
    expect(room.me.member).toMatchObject({ roomNick: 'Benny', serverExtension: 'new' });
    expect(room.me.tags).toEqual(['blue']);
    expect(room.me.location).toEqual({ locationInfo: { x: 4, y: 5, z: 6 }, distance: 7 });
  });

  test('keeps the tags that another device of the account set', async () => {
    const client = await world.visitor('ben');
    const tablet = await world.bare('ben');
    await tablet.service.updateChatroomTags({ tags: ['green'], notificationEnabled: true });
    await waitFor(() => client.room.me.tags[0] === 'green', { what: 'the tags to be known' });
    await reconnect(client.room);
    const [first] = enters();
    const mine = world.emulator.rooms
      .clients(ROOM, 'ben')
      .find(({ clientId }) => clientId === first?.deviceId);
    expect(mine?.tags).toEqual(['green']);
  });
});

describe('entering fails', () => {
  test.each([
    ['a room that does not exist', '4711', 'token-ben', 113404, { kind: 'refused', code: 113404 }],
    ['a wrong token', ROOM, 'wrong', 302, { kind: 'refused', code: 302 }],
  ])('with %s', async (_what, roomId, token, code, cause) => {
    const client = world.client();
    await expect(client.chatroom.enter(roomId, as(token))).rejects.toMatchObject({ code });
    expect(client.room.state).toMatchObject({ name: 'exited', cause });
    expect(client.room.exitCode).toBe(code);
    expect(client.instances()).toBe(0);
  });

  test('when the room is closed', async () => {
    world.emulator.rooms.closeRoom(ROOM);
    const client = world.client();
    await expect(client.chatroom.enter(ROOM, as('token-ben'))).rejects.toMatchObject({
      code: 113406,
    });
    expect(client.room.state).toMatchObject({ cause: { kind: 'closed' } });
  });

  test('when the account is on the block list', async () => {
    world.emulator.rooms.block(ROOM, 'ben');
    const client = world.client();
    await expect(client.chatroom.enter(ROOM, as('token-ben'))).rejects.toMatchObject({
      code: 114426,
    });
    expect(client.room.state).toMatchObject({ cause: { kind: 'blocked' } });
  });

  test.each([
    [403, { kind: 'refused', code: 403 }],
    [302, { kind: 'refused', code: 302 }],
    [102422, { kind: 'banned' }],
    [113410, { kind: 'refused', code: 113410 }],
  ])('with %i', async (code, cause) => {
    world.emulator.faults.add({ kind: 'command', command: '36_2', code });
    const client = world.client();
    await expect(client.chatroom.enter(ROOM, as('token-ben'))).rejects.toMatchObject({ code });
    expect(client.room.state).toMatchObject({ name: 'exited', cause });
    expect(client.wx.sockets.connects).toHaveLength(1);
  });

  test('before a socket opens when a field is too long; the error names field and limit', async () => {
    const client = world.client();
    const entering = client.chatroom.enter(ROOM, {
      ...as('token-ben'),
      serverExtension: 'x'.repeat(4097),
    });
    await expect(entering).rejects.toMatchObject({
      code: 191004,
      field: 'serverExtension',
      limit: 4096,
    });
    expect(client.wx.sockets.connects).toHaveLength(0);
  });

  test('when the socket list of WeChat lacks the host of the room', async () => {
    const client = world.client({ legalHosts: { socket: ['other.example'] } });
    await expect(client.chatroom.enter(ROOM, as('token-ben'))).rejects.toMatchObject({
      code: 600002,
    });
    expect(client.wx.sockets.connects).toHaveLength(1);
    expect(client.room.state).toMatchObject({
      cause: { code: 600002, detail: 'socket list: add 127.0.0.1' },
    });
  });

  test('when the request list of WeChat lacks the host of the room', async () => {
    const { emulator } = world;
    const client = world.client(
      {
        legalHosts: { request: ['http://app.test'] },
        resolve: (url) => url.replace('http://app.test', new URL(emulator.url).origin),
      },
      {
        ...environmentOf(emulator),
        TARO_APP_APP_SERVER: 'http://app.test/app',
        TARO_APP_LEGAL_REQUEST_HOSTS: '127.0.0.1,app.test',
      },
    );
    await expect(client.chatroom.enter(ROOM, as('token-ben'))).rejects.toMatchObject({
      code: 600002,
    });
    expect(client.room.state).toMatchObject({
      cause: { code: 600002, detail: `request list: add ${emulator.linkUrl}` },
    });
  });

  test('after the timeout, which is in seconds', async () => {
    world.emulator.faults.add({ kind: 'command', command: '36_2', drop: 'request' });
    const client = world.client();
    const start = performance.now();
    const entering = client.chatroom.enter(ROOM, { ...as('token-ben'), timeout: 1 });
    await expect(entering).rejects.toMatchObject({ code: 191005 });
    expect(performance.now() - start).toBeGreaterThan(950);
    expect(performance.now() - start).toBeLessThan(2500);
    expect(client.wx.sockets.live).toBe(0);
  });
});

describe('a temporary failure', () => {
  test.each([
    ['503', { kind: 'command', command: '36_2', code: 503, times: 1 }],
    ['399', { kind: 'command', command: '36_2', code: 399, times: 1 }],
    ['a refused socket', { kind: 'upgrade', how: 'drop', times: 1 }],
    ['a refused handshake', { kind: 'handshake', status: 503, times: 1 }],
  ] as const)('of %s leads to a second attempt, which enters the room', async (_what, fault) => {
    world.emulator.faults.add(fault);
    const client = await world.visitor('ben');
    expect(client.room.state.name).toBe('inside');
    expect(client.wx.sockets.maxLive).toBe(1);
  });
});
