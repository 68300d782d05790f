import type { FriendRequest } from '@/stores';
import { type Client, textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();

const friendsOf = (client: Client) => client.account.contacts.friends.map(({ name }) => name);
const requestsOf = (client: Client) =>
  client.account.requests.list.map(({ peerId, incoming, state }) =>
    [incoming ? 'from' : 'to', peerId, state].join(' '),
  );

const ask = (client: Client, peerId: string, text = '') =>
  client.module.askToBefriend(client.account, peerId, text);

async function request(client: Client, peerId: string): Promise<FriendRequest> {
  return await waitFor(() => client.account.requests.list.find((one) => one.peerId === peerId), {
    what: `${client.name} to have the request of ${peerId}`,
  });
}

async function shows(client: Client, ...requests: string[]): Promise<void> {
  await waitFor(() => requestsOf(client).join() === requests.join(), {
    what: `${client.name} to show ${requests.join()}`,
  });
}

/** Opens the card of an account; the caller's client disposes the card with the test. */
async function card(client: Client, accountId: string) {
  const opened = new client.module.PersonCard(client.account, accountId);
  await waitFor(() => opened.state !== 'loading', { what: `the card of ${accountId}` });
  return opened;
}

async function network(client: Client, isConnected: boolean): Promise<void> {
  client.wx.network.set(isConnected);
  await waitFor(() => client.root.connection.isOnline === isConnected, { what: 'the link' });
}

describe('a request to become friends', () => {
  test('is shown on every client of both accounts, and its acceptance sends a greeting', async () => {
    const [anna, ben, tablet] = [
      await world.online('anna'),
      await world.online('ben'),
      await world.online('ben'),
    ];
    await ask(anna, 'ben', 'I am Anna');
    const asked = await request(ben, 'anna');
    expect(asked).toMatchObject({ incoming: true, text: 'I am Anna', state: 'pending' });
    await shows(tablet, 'from anna pending');
    expect([ben.account.requests.unread, tablet.account.requests.unread]).toEqual([1, 1]);
    expect(requestsOf(anna)).toEqual(['to ben pending']);
    expect(anna.account.requests.unread).toBe(0);

    await ben.module.acceptRequest(ben.account, asked, 'Hello, we are friends now');
    for (const client of [ben, tablet]) await shows(client, 'from anna accepted');
    await shows(anna, 'to ben accepted');
    for (const client of [ben, tablet])
      await waitFor(() => friendsOf(client)[0] === 'Name of anna', { what: 'the new friend' });
    await waitFor(() => friendsOf(anna)[0] === 'Name of ben', { what: 'the new friend' });
    for (const client of [anna, tablet]) {
      const chat = await client.chatWith(client === anna ? 'ben' : 'anna');
      await waitFor(() => textsOf(chat).join() === 'Hello, we are friends now', {
        what: 'the greeting',
      });
    }
    // A second acceptance of the same request, by a client that had not heard of the first.
    await tablet.module.acceptRequest(tablet.account, asked, 'Hello again');
    const chat = await anna.chatWith('ben');
    expect(textsOf(chat)).toEqual(['Hello, we are friends now']);
  });

  test('is refused with a text, which both accounts see, and may be repeated', async () => {
    const [anna, ben, tablet] = [
      await world.online('anna'),
      await world.online('ben'),
      await world.online('ben'),
    ];
    const phone = await world.online('anna');
    await ask(anna, 'ben');
    await shows(phone, 'to ben pending');
    await ben.module.rejectRequest(ben.account, await request(ben, 'anna'), 'not now');
    for (const client of [ben, tablet]) await shows(client, 'from anna rejected');
    for (const client of [anna, phone]) {
      await shows(client, 'to ben rejected');
      expect(client.account.requests.list[0]?.answer).toBe('not now');
    }
    expect(tablet.account.requests.unread).toBe(0);
    await ask(anna, 'ben', 'please');
    for (const client of [ben, tablet]) await shows(client, 'from anna pending');
    for (const client of [anna, phone]) await shows(client, 'to ben pending');
  });

  test('stays open when the server refuses the answer', async () => {
    const [anna, ben] = [await world.online('anna'), await world.online('ben')];
    await ask(anna, 'ben');
    const asked = await request(ben, 'anna');
    world.emulator.faults.add({ kind: 'command', command: '35_1', code: 416 });
    const { acceptRequest, rejectRequest } = ben.module;
    await expect(acceptRequest(ben.account, asked, 'hi')).rejects.toMatchObject({ code: 416 });
    await expect(rejectRequest(ben.account, asked, '')).rejects.toMatchObject({ code: 416 });
    await expect(ask(anna, 'chen')).rejects.toMatchObject({ code: 416 });
    expect(requestsOf(ben)).toEqual(['from anna pending']);
    expect(requestsOf(anna)).toEqual(['to ben pending']);
    expect(textsOf(await anna.chatWith('ben'))).toEqual([]);
  });

  test('reaches an account that was offline, and both know the answer after a lost link', async () => {
    const anna = await world.online('anna');
    await ask(anna, 'ben', 'are you there');
    const ben = await world.online('ben');
    const asked = await request(ben, 'anna');
    expect(asked.text).toBe('are you there');
    const tablet = await world.online('ben');
    await network(anna, false);
    await network(tablet, false);
    await ben.module.acceptRequest(ben.account, asked, 'yes');
    await shows(ben, 'from anna accepted');
    await network(anna, true);
    await network(tablet, true);
    await shows(anna, 'to ben accepted');
    await waitFor(() => friendsOf(tablet).length === 1, { what: 'the new friend' });
  });

  test('stays after a restart of a phone that stays signed in, and is gone after the sign-out', async () => {
    const storage = new Map<string, unknown>();
    const anna = await world.online('anna');
    const ben = world.client('ben', { storage });
    const signIn = { way: 'static', accountId: 'ben', token: 'token-ben' } as const;
    await ben.signIn(signIn, { remember: true });
    await ask(anna, 'ben', 'I am Anna');
    await request(ben, 'anna');
    ben.account.requests.update(() => true, { read: true });
    await ben.dispose();
    const again = world.client('ben', { storage });
    await again.signIn(signIn, { remember: true });
    expect(requestsOf(again)).toEqual(['from anna pending']);
    expect(again.account.requests.unread).toBe(0);
    await again.root.session.signOut();
    expect(JSON.stringify([...storage])).not.toContain('I am Anna');
  });
});

describe('the card of a person', () => {
  test('shows the profile, and what the user or another client of the user changes', async () => {
    world.emulator.world.relations.befriend('anna', 'ben');
    const profile = {
      gender: 1,
      birthday: '1990-05-01',
      mobile: '123',
      email: 'b@x.cn',
      sign: 'hi',
    };
    world.emulator.world.updateProfile('ben', profile);
    const [anna, tablet] = [await world.online('anna'), await world.online('anna')];
    const [here, there] = [await card(anna, 'ben'), await card(tablet, 'ben')];
    expect(here.user.profile).toMatchObject({ ...profile, name: 'Name of ben' });
    expect([here.isFriend, here.isBlocked, here.isMuted]).toEqual([true, false, false]);

    await here.setRemark('Benny');
    for (const each of [here, there])
      await waitFor(() => each.user.name === 'Benny', { what: 'the remark' });
    expect(friendsOf(tablet)).toEqual(['Benny']);
    await here.setRemark('');
    await waitFor(() => there.user.name === 'Name of ben', { what: 'no remark' });

    await here.setMuted(true);
    await waitFor(() => there.isMuted, { what: 'the mute' });
    await there.setMuted(false);
    await waitFor(() => !here.isMuted, { what: 'no mute' });
  });

  test('blocks and unblocks on every client, and the server refuses messages meanwhile', async () => {
    const [anna, tablet, ben] = [
      await world.online('anna'),
      await world.online('anna'),
      await world.online('ben'),
    ];
    const [here, there] = [await card(anna, 'ben'), await card(tablet, 'ben')];
    await here.setBlocked(true);
    expect(here.isBlocked).toBe(true);
    await waitFor(() => there.isBlocked, { what: 'the block' });
    const chat = await ben.chatWith('anna');
    chat.sendText('hello');
    await waitFor(() => chat.live[0]?.errorCode === 102426, { what: 'the refusal' });
    await there.setBlocked(false);
    await waitFor(() => !here.isBlocked, { what: 'the end of the block' });
    chat.sendText('hello again');
    await waitFor(() => chat.live.some(({ status }) => status === 'sent'), { what: 'the message' });
    await network(tablet, false);
    await here.setBlocked(true);
    await network(tablet, true);
    await waitFor(() => there.isBlocked, { what: 'the block during the lost link' });
  });

  test('ends a friendship for both, on every client', async () => {
    world.emulator.world.relations.befriend('anna', 'ben');
    const [anna, tablet, ben] = [
      await world.online('anna'),
      await world.online('anna'),
      await world.online('ben'),
    ];
    const [here, there, his] = [
      await card(anna, 'ben'),
      await card(tablet, 'ben'),
      await card(ben, 'anna'),
    ];
    await here.setRemark('Benny');
    await here.unfriend();
    for (const each of [here, there, his])
      await waitFor(() => !each.isFriend, { what: 'the end of the friendship' });
    expect(here.user.name).toBe('Name of ben');
    await expect(here.unfriend()).rejects.toMatchObject({ code: 104404 });
  });

  test('of an account that does not exist says so; of a stranger it shows the profile', async () => {
    const anna = await world.online('anna');
    expect((await card(anna, 'nobody')).state).toBe('missing');
    const chen = await card(anna, 'chen');
    expect([chen.state, chen.isFriend, chen.user.name]).toEqual(['ready', false, 'Name of chen']);
    world.emulator.world.updateProfile('chen', { name: 'Chen C.' });
    await chen.load();
    expect(chen.user.name).toBe('Chen C.');
  });
});
