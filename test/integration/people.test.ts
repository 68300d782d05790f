import { type Client, useWorld, waitFor } from '../harness';

const world = useWorld();
const CHAT = 'anna|1|ben';

const relations = () => world.emulator.world.relations;
const friendsOf = (client: Client) => client.account.contacts.friends.map(({ name }) => name);
const row = (client: Client) => client.account.conversations.get(CHAT);

async function network(client: Client, isConnected: boolean): Promise<void> {
  client.wx.network.set(isConnected);
  await waitFor(() => client.root.connection.isOnline === isConnected, { what: 'the link' });
}

describe('the friends of an account', () => {
  test('are listed after the sign-in, under alias or name', async () => {
    relations().befriend('anna', 'ben');
    relations().befriend('anna', 'chen');
    relations().updateFriend('anna', 'ben', { alias: 'Benny' });
    const anna = await world.online('anna');
    await waitFor(() => friendsOf(anna).includes('Name of chen'), { what: 'the names' });
    expect(friendsOf(anna).sort()).toEqual(['Benny', 'Name of chen']);
    expect(anna.account.contacts.state).toBe('ready');
  });

  test('follow changes of another device of the account: added, renamed, deleted', async () => {
    const anna = await world.online('anna');
    const { V2NIMFriendService: friends } = (await world.bare('anna')).nim;
    await friends.addFriend('ben', { addMode: 1, postscript: '' });
    await waitFor(() => friendsOf(anna)[0] === 'Name of ben', { what: 'the new friend' });
    await friends.setFriendInfo('ben', { alias: 'Benny' });
    await waitFor(() => friendsOf(anna)[0] === 'Benny', { what: 'the alias' });
    await friends.setFriendInfo('ben', { alias: '' });
    await waitFor(() => friendsOf(anna)[0] === 'Name of ben', {
      what: 'the name without the alias',
    });
    await friends.deleteFriend('ben', { deleteAlias: true });
    await waitFor(() => friendsOf(anna).length === 0, { what: 'an empty list' });
  });

  test('are up to date after a reconnect: added, renamed or with a new profile during the lost link', async () => {
    relations().befriend('anna', 'chen');
    const anna = await world.online('anna');
    await waitFor(() => friendsOf(anna)[0] === 'Name of chen', { what: 'the name' });
    await network(anna, false);
    relations().befriend('anna', 'ben');
    relations().updateFriend('anna', 'ben', { alias: 'Benny' });
    world.emulator.world.updateProfile('chen', { name: 'Chen C.' });
    await network(anna, true);
    await waitFor(() => friendsOf(anna).sort().join() === 'Benny,Chen C.', { what: 'the names' });
  });
});

describe('the own profile', () => {
  test('arrives with the sync of the sign-in, without a further request', async () => {
    const anna = await world.online('anna');
    await waitFor(() => anna.account.users.self.name === 'Name of anna', { what: 'the own name' });
    expect(world.emulator.log.requestsOf('34_7')).toBe(0);
  });

  test('follows a change on another device of the account', async () => {
    const anna = await world.online('anna');
    const tablet = await world.bare('anna');
    await waitFor(() => anna.account.users.self.known, { what: 'my profile' });
    await tablet.nim.V2NIMUserService.updateSelfUserProfile({ name: 'Anna B.' });
    await waitFor(() => anna.account.users.self.name === 'Anna B.', { what: 'the new name' });
  });

  test('follows a change during a lost link after the reconnect', async () => {
    const anna = await world.online('anna');
    await waitFor(() => anna.account.users.self.known, { what: 'my profile' });
    await network(anna, false);
    world.emulator.world.updateProfile('anna', { name: 'Anna C.' });
    await network(anna, true);
    await waitFor(() => anna.account.users.self.name === 'Anna C.', { what: 'the new name' });
    expect(world.emulator.log.requestsOf('34_7')).toBe(0);
  });
});

describe('the mute list', () => {
  test('mutes a conversation from the sign-in on, and leaves its messages out of the count', async () => {
    relations().setRelation('anna', 'ben', { muted: true });
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
    const anna = await world.online('anna');
    await waitFor(() => row(anna)?.muted, { what: 'the mark' });
    expect(row(anna)?.unread).toBe(1);
    expect(anna.account.conversations.totalUnread).toBe(0);
  });

  test('follows a change on another device of the account: muted, and not muted', async () => {
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
    const anna = await world.online('anna');
    const { V2NIMSettingService: setting } = (await world.bare('anna')).nim;
    await waitFor(() => anna.account.conversations.totalUnread === 1, { what: 'one unread' });
    await setting.setP2PMessageMuteMode('ben', 1);
    await waitFor(() => anna.account.conversations.totalUnread === 0, { what: 'the mark' });
    expect(row(anna)?.muted).toBe(true);
    await setting.setP2PMessageMuteMode('ben', 0);
    await waitFor(() => anna.account.conversations.totalUnread === 1, { what: 'no mark' });
    await network(anna, false);
    await setting.setP2PMessageMuteMode('ben', 1);
    await network(anna, true);
    await waitFor(() => anna.account.conversations.totalUnread === 0, { what: 'the mute' });
  });
});
