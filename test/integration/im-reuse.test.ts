import type { MeetingStore } from '@/packages/meeting/meeting-store';
import { neMeetingKit } from '@/packages/meeting/ne-meeting-kit';
import { neRoom } from '@/packages/meeting/neroom';
import type { MeetingKit } from '@/packages/meeting/meeting-kit';
import { type Client, useWorld, waitFor } from '../harness';
import { createActionsKit } from '../kits/actions-kit';
import { createLegacyKit, type LegacyKitOptions } from '../kits/legacy-kit';
import type { KitWx } from '../kits/kit-wx';
import { createV2Kit } from '../kits/v2-kit';

const world = useWorld();
const anna = { way: 'static', accountId: 'anna', token: 'token-anna' } as const;
const ben = { way: 'static', accountId: 'ben', token: 'token-ben' } as const;

const kitParts = (client: Client) => ({
  wx: client.wx.wx as unknown as KitWx,
  server: `${world.emulator.url}/room-server`,
});

function plugIn(client: Client, kit: MeetingKit): MeetingStore {
  return new client.module.MeetingStore(client.core, client.root, kit);
}

/** Creates a client with a kit of that generation, plugged in before the first sign-in. */
function withLegacyKit(options: Partial<LegacyKitOptions> = {}) {
  const client = world.client('anna');
  const kit = createLegacyKit({ ...kitParts(client), ...options });
  return { client, kit, meeting: plugIn(client, neRoom(kit.NERoom)) };
}

function withV2Kit() {
  const client = world.client('anna');
  const kit = createV2Kit(kitParts(client));
  return { client, kit, meeting: plugIn(client, neMeetingKit(kit)) };
}

function withActionsKit() {
  const client = world.client('anna');
  const kit = createActionsKit(kitParts(client));
  // The file exports `actions` alone.
  return { client, kit, meeting: plugIn(client, neMeetingKit({ actions: kit.actions })) };
}

const kinds = [
  ['NERoom 3.12 for mini-programs, a class', withLegacyKit],
  ['NEMeetingKit 3.x and 4.0 for H5, actions', withActionsKit],
  ['a NEMeetingKit that speaks V2', withV2Kit],
] as const;

/** Creates a kit of the same kind for a client that is signed in already. */
function kitOf(start: (typeof kinds)[number][1], client: Client) {
  if (start === withLegacyKit) {
    const { NERoom, heard } = createLegacyKit(kitParts(client));
    return { adapter: neRoom(NERoom), heard };
  }
  if (start === withActionsKit) {
    const { actions, heard } = createActionsKit(kitParts(client));
    return { adapter: neMeetingKit({ actions }), heard };
  }
  const kit = createV2Kit(kitParts(client));
  return { adapter: neMeetingKit(kit), heard: kit.heard };
}

const isOnline = ({ root }: Client) => root.connection.isOnline;
const logins = () => world.emulator.log.logins.length;
const journal = ({ core }: Client) =>
  core.journal
    .entries()
    .filter(({ kind }) => kind === 'kit')
    .map(({ text }) => text)
    .join('\n');

describe.each(kinds)('%s', (_, start) => {
  test('signs in over the IM login of the app and sends its requests over that login', async () => {
    world.emulator.world.addRoom({ roomId: '9001' });
    const { client, kit, meeting } = start();
    expect(meeting.status).toBe('imOffline');
    await client.signIn(anna);
    expect(meeting.status).toBe('signedOut');
    await meeting.signIn();
    expect(meeting.error).toBeNull();
    expect(meeting.status).toBe('signedIn');
    expect(kit.isSignedIn).toBe(true);
    expect(await kit.joinRoom('9001')).toEqual({ code: 0, roomId: '9001' });
    const owners = client.core.gate.list().map(({ owner }) => owner);
    expect(owners.sort()).toEqual(['im#1', `kit:${meeting.kit?.name}`]);
    expect(logins()).toBe(1);
    expect(client.wx.sockets.maxLive).toBe(2);
  });

  test('signs out and leaves IM online, and the app still receives events', async () => {
    const { client, kit, meeting } = start();
    await client.signIn(anna);
    await meeting.signIn();
    await meeting.signOut();
    expect(meeting.status).toBe('signedOut');
    expect(kit.isSignedIn).toBe(false);
    expect(isOnline(client)).toBe(true);
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'still there?' });
    await waitFor(() => client.account.conversations.totalUnread === 1, { what: 'the message' });
    expect(journal(client)).toContain('the application’s login stays');
    expect(logins()).toBe(1);
    await meeting.signIn();
    expect(meeting.status).toBe('signedIn');
  });

  test('reports 100005 with the fix for the room account of another IM account', async () => {
    const { client, meeting } = start();
    const { userUuid, userToken } = world.emulator.world.roomAccounts.createAccount({
      imAccid: 'ben',
      imToken: 'token-ben',
    });
    await client.signIn(anna);
    await meeting.signIn({ way: 'token', userUuid, userToken });
    expect(meeting.error).toMatchObject({ code: 100005, step: 'kitLogin' });
    expect(meeting.error?.message).toContain('imAccid and imToken');
    expect(meeting.status).toBe('signedOut');
    expect(isOnline(client)).toBe(true);
  });

  test('reports 100004 and the missing step before IM is signed in', async () => {
    const { meeting } = start();
    await meeting.signIn();
    expect(meeting.error).toMatchObject({ code: 100004, step: 'imLogin' });
  });

  test('reports 112001 for joining anonymously', async () => {
    const { client, meeting } = start();
    await client.signIn(anna);
    await meeting.joinAnonymously();
    expect(meeting.error).toMatchObject({ code: 112001, step: 'join' });
  });

  test('reports IM’s own code and the step for a wrong room token', async () => {
    const { client, meeting } = start();
    await client.signIn(anna);
    await meeting.signIn({ way: 'token', userUuid: 'nobody', userToken: 'wrong' });
    expect(meeting.error).toMatchObject({ code: 302, step: 'kitLogin' });
  });

  test('reports a sign-in method that the kit lacks as missing', async () => {
    const { client, meeting } = start();
    await client.signIn(anna);
    await meeting.signIn({ way: 'dynamicToken', userUuid: 'u', userToken: 't' });
    expect(meeting.error).toMatchObject({ code: 600113, step: 'kitLogin' });
  });

  test('is signed out first, over the living link, when IM signs out', async () => {
    const { client, kit, meeting } = start();
    await client.signIn(anna);
    await meeting.signIn();
    const order: string[] = [];
    client.core.manager.on('state', ({ to }) => {
      order.push(`${to.name}, kit ${kit.isSignedIn ? 'in' : 'out'}`);
    });
    await client.root.session.signOut();
    expect(order).toEqual(['loggedOut, kit out']);
    expect(meeting.status).toBe('imOffline');
    expect(client.wx.sockets.live).toBe(0);
  });

  test('repeats every step for the next account after an account switch', async () => {
    const { client, kit, meeting } = start();
    await client.signIn(anna);
    await meeting.signIn();
    await client.root.session.switchAccount(ben);
    await waitFor(() => meeting.status === 'signedIn', { what: 'the kit to be signed in again' });
    expect(kit.isSignedIn).toBe(true);
    expect(client.account.accountId).toBe('ben');
    expect(client.wx.sockets.maxLive).toBe(1);
    expect(logins()).toBe(2);
    world.emulator.world.addRoom({ roomId: '9001' });
    // The request goes over the IM of the next account; the room server refuses a kit that kept the old account.
    expect(await kit.joinRoom('9001')).toEqual({ code: 0, roomId: '9001' });
  });

  test('works after an account switch after a room was joined too', async () => {
    const { client, kit, meeting } = start();
    world.emulator.world.addRoom({ roomId: '9001' });
    await client.signIn(anna);
    await meeting.signIn();
    await kit.joinRoom('9001');
    await client.root.session.switchAccount(ben);
    await waitFor(() => meeting.status === 'signedIn', { what: 'the kit to be signed in again' });
    expect(await kit.joinRoom('9001')).toEqual({ code: 0, roomId: '9001' });
  });

  test('works at once when plugged in after the IM login, without another sign-in', async () => {
    const client = await world.online('anna');
    const kit = kitOf(start, client);
    const meeting = plugIn(client, kit.adapter);
    expect(meeting.status).toBe('signedOut');
    await meeting.signIn();
    expect(meeting.status).toBe('signedIn');
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
    await waitFor(() => kit.heard.length, { what: 'the message at the kit' });
    expect(logins()).toBe(1);
    expect(client.wx.sockets.maxLive).toBe(1);
  });
});

test('gets user, dynamic token and IM token for the login by IM', async () => {
  const { client, kit, meeting } = withLegacyKit();
  await client.signIn(anna);
  const account = world.emulator.world.roomAccounts.createAccount({
    imAccid: 'anna',
    imToken: 'token-anna',
  });
  const { userUuid, userToken } = account;
  await meeting.signIn({ way: 'im', userUuid, userToken });
  expect(meeting.error).toBeNull();
  expect(kit.isSignedIn).toBe(true);
});

test('takes an instance in place of the class at the next login while no room was joined', async () => {
  const client = world.client('anna');
  const kit = createLegacyKit(kitParts(client));
  const meeting = plugIn(client, neRoom(new kit.NERoom()));
  await client.signIn(anna);
  await meeting.signIn();
  expect(meeting.status).toBe('signedIn');
  expect(kit.instances).toHaveLength(1);
});

describe('a kit of the 3.12 generation', () => {
  async function signedIn(options: Partial<LegacyKitOptions> = {}) {
    const parts = withLegacyKit(options);
    await parts.client.signIn(anna);
    await parts.meeting.signIn();
    expect(parts.meeting.error).toBeNull();
    const heard = (name: string) => parts.kit.heard.filter(([one]) => one === name);
    return { ...parts, heard };
  }

  test('receives the signed-in account, and cannot change the account', async () => {
    const { kit, client } = await signedIn();
    expect(kit.im.options).toMatchObject({ account: 'anna', token: 'token-anna' });
    kit.im.options.account = 'ben';
    expect(kit.im.options.account).toBe('anna');
    expect(journal(client)).toContain('options.account');
  });

  test('receives messages in the older shape, and the app receives the messages too', async () => {
    const { client, heard } = await signedIn();
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
    await waitFor(() => heard('onmsgs').length, { what: 'onmsgs' });
    expect(heard('onmsgs')[0]?.[1]).toMatchObject([
      { scene: 'p2p', from: 'ben', to: 'anna', target: 'ben', sessionId: 'p2p-ben', flow: 'in' },
    ]);
    expect(heard('onmsgs')[0]?.[1]).toMatchObject([{ type: 'text', text: 'hello' }]);
    await waitFor(() => client.account.conversations.totalUnread === 1, { what: 'one unread' });
  });

  test('receives notifications of its server, also by `im.on`, each in a new object', async () => {
    const { kit, heard } = await signedIn({ listensTo: ['proxyMsg'] });
    world.emulator.world.addRoom({ roomId: '9001' });
    await kit.joinRoom('9001');
    await waitFor(() => heard('proxyMsg').length, { what: 'the notification' });
    const from = 'room-server';
    expect(heard('onProxyMsg')[0]?.[1]).toEqual({
      from,
      body: { cmd: 'joined', roomId: '9001' },
      time: expect.any(Number),
    });
    expect(heard('proxyMsg')[0]?.[1]).toMatchObject({
      from,
      body: JSON.stringify({ cmd: 'joined', roomId: '9001' }),
    });
  });

  test('receives a lost link with duration and retryCount, and works again without a second login', async () => {
    const { client, kit, meeting, heard } = await signedIn();
    world.emulator.faults.cut({ how: 'terminate' });
    await waitFor(() => heard('onwillreconnect').length, { what: 'onwillreconnect' });
    expect(heard('onwillreconnect')[0]?.[1]).toEqual({
      duration: expect.any(Number),
      retryCount: 1,
    });
    await waitFor(() => isOnline(client), { what: 'IM to be online again' });
    expect(meeting.status).toBe('signedIn');
    expect(heard('ondisconnect')).toEqual([]);
    world.emulator.world.addRoom({ roomId: '9001' });
    expect(await kit.joinRoom('9001')).toMatchObject({ code: 0 });
    // The second connect is the reconnect of the same login.
    expect(world.emulator.log.logins.map(({ accountId }) => accountId)).toEqual(['anna', 'anna']);
    expect(kit.instances.map(({ wrapped }) => wrapped)).toEqual([1]);
    expect(client.core.manager.connection?.generation).toBe(1);
  });

  test('receives a kick as ‘kicked’, with the cause, and is signed out', async () => {
    const { client, meeting, heard } = await signedIn();
    world.emulator.clients.kick('anna', { reason: 1, description: 'elsewhere' });
    await waitFor(() => client.root.session.status === 'signedOut', { what: 'the kick' });
    expect(heard('ondisconnect')).toEqual([
      ['ondisconnect', expect.objectContaining({ code: 'kicked', reason: 'samePlatformKick' })],
    ]);
    await waitFor(() => meeting.status === 'imOffline', { what: 'the kit to be signed out' });
  });

  test('receives a refusal on reconnect as a number', async () => {
    const { heard, meeting } = await signedIn();
    world.emulator.faults.add({ kind: 'command', command: '26_3', code: 302 });
    world.emulator.faults.cut({ how: 'terminate' });
    await waitFor(() => heard('ondisconnect').length, { what: 'ondisconnect' });
    expect(heard('ondisconnect').map(([, error]) => error)).toMatchObject([{ code: 302 }]);
    await waitFor(() => meeting.status === 'imOffline', { what: 'the kit to be signed out' });
  });

  test('receives a failed connect as onerror', async () => {
    const { client, heard } = await signedIn();
    world.emulator.faults.add({ kind: 'command', command: '26_3', code: 503, times: 1 });
    world.emulator.faults.cut({ how: 'terminate' });
    await waitFor(() => heard('onerror').length, { what: 'onerror' });
    expect(heard('onerror')[0]?.[1]).toMatchObject({ code: 503, message: expect.any(String) });
    await waitFor(() => isOnline(client), { what: 'IM to be online again', timeoutMs: 20_000 });
  });

  test('receives errors of a request as the first argument of done', async () => {
    const { kit } = await signedIn();
    await expect(kit.joinRoom('404')).rejects.toMatchObject({ code: 113404 });
    world.emulator.faults.add({ kind: 'command', command: '22_1', code: 503, times: 1 });
    await expect(kit.joinRoom('9001')).rejects.toMatchObject({ code: 503 });
  });

  test('throws in a callback: the journal records the exception, and the app goes on', async () => {
    const { client, heard } = await signedIn({ throwsIn: 'onmsgs' });
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'one' });
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'two' });
    await waitFor(() => client.account.conversations.totalUnread === 2, { what: 'both messages' });
    expect(heard('onmsgs').length).toBeGreaterThan(0);
    expect(journal(client)).toContain('onmsgs threw: the kit threw in onmsgs');
  });

  test('receives `done` of destroy, while IM stays online', async () => {
    const { client, kit, meeting } = await signedIn();
    await meeting.signOut();
    expect(kit.ended).toEqual(['destroy']);
    expect(isOnline(client)).toBe(true);
  });
});

describe('a kit that speaks V2', () => {
  test('receives V2 events, removes only its own listeners, and cannot sign in as another account', async () => {
    const { client, kit, meeting } = withV2Kit();
    await client.signIn(anna);
    await meeting.signIn();
    world.emulator.world.events.emit('proxyNotify', { accountId: 'anna', from: 's', body: '{}' });
    await waitFor(() => kit.heard.length, { what: 'onProxyNotify' });
    expect(kit.heard[0]).toEqual([
      'onProxyNotify',
      { fromAccountId: 's', body: '{}', time: expect.any(Number) },
    ]);
    await expect(kit.signInAs('ben', 'token-ben')).rejects.toMatchObject({ code: 191001 });
    await expect(kit.signInAs('anna', 'token-anna')).resolves.toBeUndefined();
    expect(logins()).toBe(1);
    await meeting.signOut();
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
    await waitFor(() => client.account.conversations.totalUnread === 1, { what: 'the message' });
    expect(kit.heard).toHaveLength(1);
  });
});

describe('the order of the steps', () => {
  test('a kit that fails in a step reports the step', async () => {
    const client = world.client('anna');
    const kit = createLegacyKit(kitParts(client));
    const whole = neRoom(kit.NERoom);
    const reuseIM = () => {
      throw new Error('no class');
    };
    const create = () => ({ ...whole.create(), reuseIM });
    const meeting = plugIn(client, { ...whole, create });
    await client.signIn(anna);
    await meeting.signIn();
    expect(meeting.error).toMatchObject({ code: 190001, step: 'reuseIM' });
    expect(isOnline(client)).toBe(true);
  });

  test('a kit that creates an IM instance itself gets an error, and IM is not touched', async () => {
    const client = world.client('anna');
    let early: unknown;
    const kit = createLegacyKit(kitParts(client));
    const whole = neRoom(kit.NERoom);
    const meeting = plugIn(client, {
      ...whole,
      create: () => {
        const instance = whole.create();
        return {
          ...instance,
          reuseIM: (nim) => {
            try {
              nim.getInstance({ appKey: '', account: 'ben', token: 'token-ben' });
            } catch (error) {
              early = error;
            }
            return instance.reuseIM?.(nim);
          },
        };
      },
    });
    expect(early).toMatchObject({ step: 'getInstance' });
    await client.signIn(anna);
    await meeting.signIn();
    expect(meeting.status).toBe('signedIn');
    expect(world.emulator.log.logins.map(({ accountId }) => accountId)).toEqual(['anna']);
  });
});
