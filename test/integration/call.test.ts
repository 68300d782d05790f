import { type Client, useWorld, waitFor } from '../harness';

const world = useWorld();

const channels = () => world.emulator.world.signalling.channels();
const call = ({ account }: Client) => account.call;
/** Returns the state of the call, and for an ended call the cause. */
const now = (client: Client) => {
  const { state } = call(client);
  return state.name === 'ended' ? `ended ${state.cause}` : state.name;
};
const reach = (client: Client, state: string) =>
  waitFor(() => now(client) === state, { what: `${client.name} to be ${state}` });
const noChannel = () => waitFor(() => channels().length === 0, { what: 'every channel closed' });
/** Returns the call records of Anna and Ben on the server. */
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
  it('rings, is accepted, carries control messages, is hung up and is recorded once', async () => {
    const { anna, ben } = await talk();
    const chat = await ben.chatWith('anna');
    call(anna).devices.setMuted(true);
    await waitFor(() => call(ben).devices.peerMuted, { what: 'Anna to be shown as muted' });
    call(ben).devices.setType('audio');
    await waitFor(() => call(anna).devices.type === 'audio', { what: 'the switch to audio' });
    call(ben).hangUp();
    await reach(anna, 'ended hungUp');
    await noChannel();
    await waitFor(() => chat.live.some(({ kind }) => kind === 'call'), { what: 'the record' });
    expect(records()).toMatchObject([{ senderId: 'anna', type: 1, status: 1 }]);
    expect(world.emulator.log.logins.map(({ code }) => code)).toEqual([200, 200]);
    expect([anna.wx.sockets.maxLive, ben.wx.sockets.maxLive]).toEqual([1, 1]);
  });

  it('ends when the callee rejects, and when the caller cancels', async () => {
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

  it('ends as busy when the callee talks to another account', async () => {
    const { anna, ben } = await talk();
    const chen = await world.online('chen');
    call(chen).start('anna', 'audio');
    await reach(chen, 'ended busy');
    expect([now(anna), now(ben)]).toEqual(['inCall', 'inCall']);
    await waitFor(() => channels().length === 1, { what: 'only the running call’s channel' });
    call(anna).hangUp();
    await noChannel();
  });

  it('ends on both sides after the ringing time when nobody answers', async () => {
    const { anna, ben } = await twoPhones();
    const { call: store } = anna.account;
    Object.assign(store, { timeoutMs: 300 });
    store.start('ben', 'audio');
    await reach(anna, 'ended timeout');
    await reach(ben, 'ended cancelled');
    await noChannel();
  });

  it('ends on both sides and leaves nothing open when cancelled and accepted in the same moment', async () => {
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

  it('stops ringing on a client without network once the network is back, when another client has answered', async () => {
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

  it('stops ringing on the other client of the account when a client answers', async () => {
    const { anna, ben } = await twoPhones();
    const tablet = await world.online('ben');
    call(anna).start('ben', 'audio');
    await reach(ben, 'ringing');
    await reach(tablet, 'ringing');
    call(tablet).accept();
    await reach(ben, 'ended answeredElsewhere');
    await reach(tablet, 'inCall');
    // Both clients accept at once: the server refuses the later accept.
    call(tablet).hangUp();
    await reach(anna, 'ended hungUp');
    call(anna).start('ben', 'audio');
    await reach(ben, 'ringing');
    await reach(tablet, 'ringing');
    call(ben).accept();
    call(tablet).accept();
    await reach(anna, 'inCall');
    await waitFor(() => [now(ben), now(tablet)].includes('ended answeredElsewhere'), {
      what: 'a client of Ben to lose the accept',
    });
    expect([now(ben), now(tablet)].sort()).toEqual(['ended answeredElsewhere', 'inCall']);
    call(anna).hangUp();
    await noChannel();
  });

  it('goes on when the caller’s link is cut, and ends on both sides afterwards', async () => {
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
    await waitFor(() => call(ben).devices.peerMuted, {
      what: 'a control message over the new link',
    });
    expect([now(anna), now(ben)]).toEqual(['inCall', 'inCall']);
    call(ben).hangUp();
    await reach(anna, 'ended hungUp');
    await noChannel();
  });

  it('ends after the reconnect of a side that had no link when the other side hung up', async () => {
    const { anna, ben } = await talk();
    world.emulator.faults.cut({ accountId: 'anna' });
    call(ben).hangUp();
    await reach(anna, 'ended hungUp');
    await noChannel();
    await waitFor(() => records().length === 1, { what: 'the record' });
  });

  it('ends as lost when the server closed its channel during a lost link', async () => {
    const { anna } = await talk();
    world.emulator.faults.halfOpen({ accountId: 'anna' });
    const [channel] = channels();
    if (channel) world.emulator.world.signalling.closeChannel(channel, 'anna');
    world.emulator.faults.cut({ accountId: 'anna' });
    await reach(anna, 'ended lost');
  });

  it('closes its channel by name after the reconnect when the first answer was lost', async () => {
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

  it('ends on both sides when one side signs out, before the login ends', async () => {
    const { anna, ben } = await talk();
    await anna.root.session.signOut();
    await reach(ben, 'ended hungUp');
    await noChannel();
  });

  it('rings at a callee who comes online, for the rest of the ringing time', async () => {
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

  it('is received by a client other than this app, which can reject the call', async () => {
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
