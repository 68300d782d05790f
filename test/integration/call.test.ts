import { type Client, useWorld, waitFor } from '../harness';

const world = useWorld();

const channels = () => world.emulator.world.signalling.channels();
const call = ({ account }: Client) => account.call;
/** The state, and how it ended if it did. */
const now = (client: Client) => {
  const { state } = call(client);
  return state.name === 'ended' ? `ended ${state.cause}` : state.name;
};
const reach = (client: Client, state: string) =>
  waitFor(() => now(client) === state, { what: `${client.name} to be ${state}` });
const noChannel = () => waitFor(() => channels().length === 0, { what: 'every channel closed' });
/** The call messages the server has between two accounts. */
const records = () =>
  world.emulator.world
    .serverLog('p2p', 'anna', 'ben')
    .filter(({ messageType }) => messageType === 12)
    .map(({ senderId, tags }) => ({
      senderId,
      ...(JSON.parse(String(tags[10])) as { type: number; status: number }),
    }));

async function twoPhones() {
  const anna = await world.online('anna');
  const ben = await world.online('ben');
  return { anna, ben };
}

async function talk() {
  const phones = await twoPhones();
  const { anna, ben } = phones;
  call(anna).start('ben', 'video');
  await reach(ben, 'ringing');
  call(ben).accept();
  await reach(anna, 'inCall');
  await reach(ben, 'inCall');
  return phones;
}

describe('a call over the real SDK', () => {
  it('rings, is accepted, carries control messages, is hung up and written down once', async () => {
    const { anna, ben } = await talk();
    const chat = await ben.chatWith('anna');
    call(anna).devices.setMuted(true);
    await waitFor(() => call(ben).devices.peerMuted, { what: 'the mute mark' });
    call(ben).devices.setType('audio');
    await waitFor(() => call(anna).devices.type === 'audio', { what: 'sound alone' });
    call(ben).hangUp();
    await reach(anna, 'ended hungUp');
    await noChannel();
    await waitFor(() => chat.live.some(({ kind }) => kind === 'call'), { what: 'the record' });
    expect(records()).toMatchObject([{ senderId: 'anna', type: 1, status: 1 }]);
    expect(world.emulator.log.logins.map(({ code }) => code)).toEqual([200, 200]);
    expect([anna.wx.sockets.maxLive, ben.wx.sockets.maxLive]).toEqual([1, 1]);
  });

  it('is rejected, and given up', async () => {
    const { anna, ben } = await twoPhones();
    call(anna).start('ben', 'audio');
    await reach(ben, 'ringing');
    call(ben).reject();
    await reach(anna, 'ended rejected');
    call(anna).start('ben', 'video');
    await reach(ben, 'ringing');
    call(anna).hangUp();
    await reach(ben, 'ended cancelled');
    await noChannel();
    await waitFor(() => records().length === 2, { what: 'both records' });
    expect(records()).toMatchObject([
      { senderId: 'anna', type: 1, status: 3 },
      { senderId: 'anna', type: 2, status: 2 },
    ]);
  });

  it('to somebody who talks to another ends as busy', async () => {
    const { anna, ben } = await talk();
    const chen = await world.online('chen');
    call(chen).start('anna', 'audio');
    await reach(chen, 'ended busy');
    expect([now(anna), now(ben)]).toEqual(['inCall', 'inCall']);
    await waitFor(() => channels().length === 1, { what: 'only the running call’s channel' });
    call(anna).hangUp();
    await noChannel();
  });

  it('that nobody answers ends on both sides after the time it rings', async () => {
    const { anna, ben } = await twoPhones();
    const { call: store } = anna.account;
    Object.assign(store, { timeoutMs: 300 });
    store.start('ben', 'audio');
    await reach(anna, 'ended timeout');
    await reach(ben, 'ended cancelled');
    await noChannel();
  });

  it('cancelled and accepted in the same moment: both sides end, nothing stays open', async () => {
    const { anna, ben } = await twoPhones();
    for (let turn = 0; turn < 10; turn++) {
      call(anna).start('ben', 'audio');
      await reach(ben, 'ringing');
      if (turn % 2) {
        call(ben).accept();
        call(anna).hangUp();
      } else {
        call(anna).hangUp();
        call(ben).accept();
      }
      await waitFor(() => /^ended/.test(now(ben)), { what: 'ben’s end' });
      expect(now(anna)).toBe('ended cancelled');
      await noChannel();
    }
  });

  it('answered on one of two clients while the other has no network, that one stops ringing once it is back', async () => {
    const { anna, ben } = await twoPhones();
    const tablet = await world.online('ben');
    call(anna).start('ben', 'audio');
    await reach(ben, 'ringing');
    await reach(tablet, 'ringing');
    tablet.wx.network.set(false);
    await waitFor(() => !tablet.root.connection.isOnline, { what: 'the tablet to be offline' });
    call(ben).accept();
    await reach(anna, 'inCall');
    tablet.wx.network.set(true);
    await reach(tablet, 'ended answeredElsewhere');
    expect([now(anna), now(ben)]).toEqual(['inCall', 'inCall']);
    call(ben).hangUp();
    await noChannel();
  });

  it('answered on one of two clients of the same account, the other stops ringing', async () => {
    const { anna, ben } = await twoPhones();
    const tablet = await world.online('ben');
    call(anna).start('ben', 'audio');
    await reach(ben, 'ringing');
    await reach(tablet, 'ringing');
    call(tablet).accept();
    await reach(ben, 'ended answeredElsewhere');
    await reach(tablet, 'inCall');
    // Both at once: one is told by the server that it was too late.
    call(tablet).hangUp();
    await reach(anna, 'ended hungUp');
    call(anna).start('ben', 'audio');
    await reach(ben, 'ringing');
    await reach(tablet, 'ringing');
    call(ben).accept();
    call(tablet).accept();
    await reach(anna, 'inCall');
    await waitFor(() => [now(ben), now(tablet)].includes('ended answeredElsewhere'), {
      what: 'one of the two to step back',
    });
    expect([now(ben), now(tablet)].sort()).toEqual(['ended answeredElsewhere', 'inCall']);
    call(anna).hangUp();
    await noChannel();
  });

  it('goes on when the caller’s link is cut in the middle, and ends on both sides afterwards', async () => {
    const { anna, ben } = await talk();
    const { id } = world.emulator.faults.add({ kind: 'upgrade', how: 'status' });
    world.emulator.faults.cut({ accountId: 'anna' });
    const { connection } = anna.root;
    const attempts = () => (connection.state.name === 'waiting' ? connection.state.attempt : 0);
    await waitFor(() => attempts() >= 2, { what: 'a second failed attempt', timeoutMs: 20_000 });
    expect(now(anna)).toBe('inCall');
    world.emulator.faults.remove(id);
    connection.retryNow();
    await waitFor(() => anna.root.connection.isOnline, { what: 'the link' });
    call(anna).devices.setMuted(true);
    await waitFor(() => call(ben).devices.peerMuted, { what: 'a word over the new link' });
    expect([now(anna), now(ben)]).toEqual(['inCall', 'inCall']);
    call(ben).hangUp();
    await reach(anna, 'ended hungUp');
    await noChannel();
  });

  it('hung up while the other side has no link, is over there when it comes back', async () => {
    const { anna, ben } = await talk();
    world.emulator.faults.cut({ accountId: 'anna' });
    call(ben).hangUp();
    await reach(anna, 'ended hungUp');
    await noChannel();
    await waitFor(() => records().length === 1, { what: 'the record' });
  });

  it('is lost when its channel was closed meanwhile', async () => {
    const { anna } = await talk();
    world.emulator.faults.halfOpen({ accountId: 'anna' });
    const [channel] = channels();
    if (channel) world.emulator.world.signalling.close(channel, 'anna');
    world.emulator.faults.cut({ accountId: 'anna' });
    await reach(anna, 'ended lost');
  });

  it('whose first answer is lost is closed by its name after the reconnect', async () => {
    const { anna, ben } = await twoPhones();
    world.emulator.faults.add({ kind: 'command', command: '18_16', drop: 'reply', times: 1 });
    call(anna).start('ben', 'audio');
    await reach(ben, 'ringing');
    world.emulator.faults.cut({ accountId: 'anna' });
    await reach(anna, 'ended failed');
    expect(channels()).toHaveLength(1);
    await noChannel();
    await reach(ben, 'ended cancelled');
  });

  it('ends on both sides when one signs out, before the login is gone', async () => {
    const { anna, ben } = await talk();
    await anna.root.session.signOut();
    await reach(ben, 'ended hungUp');
    await noChannel();
  });

  it('waits for who was away, for the rest of the time it rings', async () => {
    const anna = await world.online('anna');
    call(anna).start('ben', 'video');
    await waitFor(() => channels().length === 1, { what: 'the channel' });
    const ben = await world.online('ben');
    await reach(ben, 'ringing');
    call(ben).accept();
    await reach(anna, 'inCall');
    call(anna).hangUp();
    await noChannel();
    await reach(ben, 'ended hungUp');
  });

  it('is heard by a client that is not ours, and can be rejected there', async () => {
    const anna = await world.online('anna');
    const ben = await world.bare('ben');
    call(anna).start('ben', 'audio');
    const invitation = await waitFor(() => ben.signals.find(({ eventType }) => +eventType === 3), {
      what: 'the invitation',
    });
    await ben.nim.V2NIMSignallingService.rejectInvite({
      channelId: invitation.channelInfo.channelId,
      inviterAccountId: 'anna',
      requestId: invitation.requestId ?? '',
      serverExtension: 'not our JSON',
    });
    await reach(anna, 'ended rejected');
    await noChannel();
  });
});
