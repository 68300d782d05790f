import { FakeClock } from '../fakes/fake-clock';
import { Caller } from './fakes/callers';
import { SignallingServer } from './fakes/signalling-server';

let clock: FakeClock;
let server: SignallingServer;
let ann: Caller;
let ben: Caller;

const settleDown = () => clock.advance(50);
const openChannels = () => server.signalling.channels().length;

beforeEach(() => {
  clock = new FakeClock();
  server = new SignallingServer(clock);
  ann = new Caller(server, 'ann');
  ben = new Caller(server, 'ben');
});

afterEach(async () => {
  for (const caller of [ann, ben]) {
    caller.store.hangUp();
    caller.client.connect();
  }
  await clock.advance(60_000);
  expect(openChannels()).toBe(0);
});

async function talk(): Promise<void> {
  ann.store.start('ben', 'video');
  await settleDown();
  ben.store.accept();
  await settleDown();
  expect([ann.now, ben.now]).toEqual(['inCall', 'inCall']);
}

describe('a call', () => {
  it('rings at the other side, is accepted, connects, and is hung up', async () => {
    expect(ann.store.start('ben', 'video')).toBe(true);
    await settleDown();
    expect(ann.now).toBe('calling');
    expect(ben.store.incoming).toMatchObject({ peerId: 'ann', direction: 'incoming' });
    expect(ben.store.devices.type).toBe('video');
    ben.store.accept();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['inCall', 'inCall']);
    await clock.advance(65_000);
    ben.store.hangUp();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['ended hungUp', 'ended hungUp']);
    expect(ann.records).toMatchObject([
      { record: { type: 'video', outcome: 'answered', seconds: 65 } },
    ]);
    expect(ben.records).toEqual([]);
    ann.store.dismiss();
    expect(ann.now).toBe('idle');
  });

  it('starts the engine with its parameters and stops it once', async () => {
    await talk();
    const [engine] = ann.media;
    const channel = server.signalling.channels()[0];
    expect(engine?.session).toMatchObject({
      channelName: channel?.channelName,
      token: `rtc-${channel?.channelId}`,
      tokenTtl: 600,
      uid: channel?.members[0]?.uid,
      peerId: 'ben',
      type: 'video',
    });
    expect(engine?.told).toEqual(['muted false', 'camera true', 'speaker true']);
    ann.store.hangUp();
    await settleDown();
    expect(ann.media.map(({ left }) => left)).toEqual([1]);
    expect(ben.media.map(({ left }) => left)).toEqual([1]);
  });

  it('is cancelled: the other side stops ringing and the channel closes', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.store.hangUp();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['ended cancelled', 'ended cancelled']);
    expect(openChannels()).toBe(0);
    expect(ann.records).toMatchObject([{ record: { type: 'audio', outcome: 'cancelled' } }]);
  });

  it('is cancelled before the server has answered', async () => {
    ann.store.start('ben', 'audio');
    ann.store.hangUp();
    expect(ann.now).toBe('ended cancelled');
    await settleDown();
    expect(ben.now).toBe('ended cancelled');
    expect(openChannels()).toBe(0);
  });

  it('ends with a record when the server answers with an id that is no text', async () => {
    const { signalling } = ann.client.services;
    const { call } = signalling;
    signalling['call'] = async (...args) => {
      const answer = (await call?.(...args)) as { roomInfo: { channelInfo: object } };
      Object.assign(answer.roomInfo.channelInfo, { channelId: { 1: null } });
      return answer;
    };
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.store.hangUp();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['ended cancelled', 'ended cancelled']);
    expect(
      ann.records.map(({ call: { channelId, channelName } }) => channelId || channelName),
    ).toEqual([expect.stringMatching(/./)]);
    expect(openChannels()).toBe(0);
  });

  it('is rejected by hand', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.store.reject();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['ended rejected', 'ended rejected']);
    expect(openChannels()).toBe(0);
    expect(ann.records).toMatchObject([{ record: { outcome: 'rejected' } }]);
    expect(ben.records).toEqual([]);
  });

  it('to a busy account ends as busy and does not disturb the running call', async () => {
    await talk();
    const cid = new Caller(server, 'cid');
    cid.store.start('ben', 'audio');
    await settleDown();
    expect(cid.now).toBe('ended busy');
    expect([ann.now, ben.now]).toEqual(['inCall', 'inCall']);
    expect(cid.records).toMatchObject([{ record: { outcome: 'busy' } }]);
    expect(openChannels()).toBe(1);
  });

  it('rings for 30 s', async () => {
    ann.store.start('ben', 'audio');
    await clock.advance(29_000);
    expect([ann.now, ben.now]).toEqual(['calling', 'ringing']);
    await clock.advance(1_100);
    expect([ann.now, ben.now]).toEqual(['ended timeout', 'ended timeout']);
    expect(openChannels()).toBe(0);
    expect(ann.records).toMatchObject([{ record: { outcome: 'timeout' } }]);
  });

  it('starts neither twice nor without a link', async () => {
    ann.store.start('ben', 'audio');
    expect(ann.store.start('cid', 'audio')).toBe(false);
    ann.store.hangUp();
    await settleDown();
    ann.client.cut();
    expect(ann.store.start('ben', 'audio')).toBe(true);
    expect(ann.store.state).toMatchObject({ name: 'ended', cause: 'failed', code: 190002 });
    // The call reached nobody, so there is no record to write.
    expect(ann.records).toHaveLength(1);
  });

  it('fails with the server’s code, and with the engine’s error', async () => {
    jest.spyOn(server, 'perform').mockImplementationOnce(() => {
      throw new Error('500');
    });
    ann.store.start('ben', 'audio');
    await settleDown();
    expect(ann.store.state).toMatchObject({ name: 'ended', cause: 'failed', code: 500 });
    ben.join = () => Promise.reject(new Error('no microphone'));
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.store.accept();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['ended hungUp', 'ended failed']);
    expect(openChannels()).toBe(0);
  });

  it('fails after 20 s when the engine never joins', async () => {
    ben.join = () => new Promise(() => undefined);
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.store.accept();
    await clock.advance(20_100);
    expect([ann.now, ben.now]).toEqual(['ended hungUp', 'ended failed']);
  });

  it('ends when the engine reports that the other side left', async () => {
    await talk();
    ann.media[0]?.events.onPeerLeft();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['ended hungUp', 'ended hungUp']);
  });
});

describe('a running call', () => {
  it('shows the other side its muted devices, and switches both sides to audio', async () => {
    await talk();
    ann.store.devices.setMuted(true);
    ben.store.devices.setCamera(false);
    await settleDown();
    expect(ben.store.devices.peerMuted).toBe(true);
    expect(ann.store.devices.peerCamera).toBe(false);
    ann.store.devices.setType('audio');
    await settleDown();
    expect(ben.store.devices).toMatchObject({ type: 'audio', camera: false, peerCamera: false });
    expect(ben.media[0]?.told).toContain('camera false');
  });

  it('survives 10 s without a link, and sends its state again', async () => {
    await talk();
    ann.client.cut();
    ann.store.devices.setMuted(true);
    await clock.advance(10_000);
    expect(ann.now).toBe('inCall');
    ann.client.connect();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['inCall', 'inCall']);
    expect(ben.store.devices.peerMuted).toBe(true);
  });

  it('ends after the reconnect when the other side hung up meanwhile', async () => {
    await talk();
    ann.client.cut();
    ben.store.hangUp();
    await settleDown();
    ann.client.connect();
    await settleDown();
    expect(ann.now).toBe('ended hungUp');
    expect(openChannels()).toBe(0);
  });

  it('is lost when the channel was closed meanwhile', async () => {
    await talk();
    ann.client.cut();
    const [channel] = server.signalling.channels();
    if (channel) server.signalling.closeChannel(channel, 'ann');
    ann.client.connect();
    await settleDown();
    expect(ann.now).toBe('ended lost');
    expect(ann.records).toMatchObject([{ record: { outcome: 'answered' } }]);
  });

  it('that is hung up without a link closes the channel after the reconnect', async () => {
    await talk();
    ann.client.cut();
    ann.store.hangUp();
    expect(ann.now).toBe('ended hungUp');
    await settleDown();
    expect(openChannels()).toBe(1);
    ann.client.connect();
    await settleDown();
    expect(openChannels()).toBe(0);
    expect(ben.now).toBe('ended hungUp');
  });

  it('ends on both sides when a side signs out', async () => {
    await talk();
    ann.client.end({ name: 'loggedOut' });
    expect(ann.now).toBe('ended hungUp');
    await settleDown();
    expect(ben.now).toBe('ended hungUp');
    expect(openChannels()).toBe(0);
    expect([...ann.storage.keys()]).toEqual([]);
    ann.signInAgain();
  });

  it('ends on both sides when a side ends its stores before its login', async () => {
    await talk();
    ann.store.endNow();
    expect(ann.now).toBe('ended hungUp');
    ann.store.dispose();
    ann.client.end({ name: 'loggedOut' });
    await settleDown();
    expect(ben.now).toBe('ended hungUp');
    expect(openChannels()).toBe(0);
    ann.signInAgain();
  });

  it('starts no timer when the answer to its end is lost after the end of the stores', async () => {
    await talk();
    ann.store.hangUp();
    for (const { store } of [ann, ben]) store.dispose();
    ann.client.cut();
    await settleDown();
    expect(clock.pending).toBe(0);
    ann.signInAgain();
  });

  it('is lost for a kicked client; the channel is closed at the next sign-in here', async () => {
    await talk();
    const detail = { reason: 1, reasonDesc: '', clientType: 1, customClientType: 0 };
    ann.client.cut();
    ann.client.end({ name: 'kicked', detail, at: 0 });
    expect(ann.now).toBe('ended lost');
    await settleDown();
    expect(openChannels()).toBe(1);
    ann.signInAgain();
    await settleDown();
    expect(openChannels()).toBe(0);
    expect(ben.now).toBe('ended hungUp');
  });

  it('of an app that was killed is closed at the next start, found by its name', async () => {
    await talk();
    ann.client.vanish();
    ann.signInAgain();
    await settleDown();
    expect(openChannels()).toBe(0);
    expect(ben.now).toBe('ended hungUp');
    expect([...ann.storage.keys()]).toEqual([]);
  });
});

describe('a race of calls', () => {
  it('ends a cancel against an accept in the same result on both sides', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.store.accept();
    ann.store.hangUp();
    await settleDown();
    expect(ann.now).toBe('ended cancelled');
    expect(ben.now).toMatch(/^ended (hungUp|cancelled)$/);
    expect(openChannels()).toBe(0);
    expect(ann.records).toHaveLength(1);
  });

  it('ends as cancelled when the accept follows the cancellation', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.store.hangUp();
    await clock.advance(1);
    ben.store.accept();
    await settleDown();
    expect(ben.now).toBe('ended cancelled');
  });

  it('of two accepting clients of an account lets the first win; the second closes nothing', async () => {
    const tablet = new Caller(server, 'ben', 'tablet');
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.store.accept();
    tablet.store.accept();
    await settleDown();
    expect([ann.now, ben.now, tablet.now]).toEqual(['inCall', 'inCall', 'ended answeredElsewhere']);
    tablet.store.start('ann', 'audio');
    await settleDown();
    expect(tablet.now).toBe('ended busy');
    expect([ann.now, ben.now]).toEqual(['inCall', 'inCall']);
  });

  it('does not end a call on another client of the account by a late acceptance that was cut off', async () => {
    const tablet = new Caller(server, 'ben', 'tablet');
    ann.store.start('ben', 'audio');
    await settleDown();
    tablet.store.accept();
    const slow = jest.spyOn(server, 'latency').mockReturnValueOnce(20);
    ben.store.accept();
    slow.mockRestore();
    await clock.advance(10);
    expect(ben.now).toBe('ended answeredElsewhere');
    ben.client.cut();
    ben.client.connect();
    await clock.advance(60_000);
    expect([ann.now, tablet.now]).toEqual(['inCall', 'inCall']);
    tablet.store.hangUp();
    await settleDown();
  });

  it('stops ringing when another client of the account answers', async () => {
    const tablet = new Caller(server, 'ben', 'tablet');
    ann.store.start('ben', 'audio');
    await settleDown();
    tablet.store.accept();
    await settleDown();
    expect(ben.now).toBe('ended answeredElsewhere');
    ann.store.hangUp();
    await settleDown();
    ann.store.start('ben', 'audio');
    await settleDown();
    tablet.store.reject();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['ended rejected', 'ended rejectedElsewhere']);
  });

  it('stops ringing when another client of the account answered while this client had no link', async () => {
    const tablet = new Caller(server, 'ben', 'tablet');
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.client.cut();
    tablet.store.accept();
    await settleDown();
    ben.client.connect();
    await settleDown();
    expect([ann.now, tablet.now, ben.now]).toEqual(['inCall', 'inCall', 'ended answeredElsewhere']);
    // The channel is the tablet's: the phone does not close it.
    expect(openChannels()).toBe(1);
    tablet.store.hangUp();
    await settleDown();
  });

  it('ends a hang-up on either side while the acceptance is in flight', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.store.accept();
    ben.store.hangUp();
    expect(ben.now).toBe('ended hungUp');
    await settleDown();
    expect(ann.now).toBe('ended hungUp');
    expect(openChannels()).toBe(0);
    expect(ben.media).toEqual([]);
  });

  it('ignores an engine that joins after the end', async () => {
    let join: () => void = () => undefined;
    ben.join = () => new Promise<void>((resolve) => (join = resolve));
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.store.accept();
    await settleDown();
    ben.store.hangUp();
    join();
    await settleDown();
    expect(ben.now).toBe('ended hungUp');
    expect(ben.media[0]).toMatchObject({ left: 1, told: [] });
  });

  it('accepts a callee’s answer that overtakes the server’s answer to the caller', async () => {
    jest.spyOn(server, 'latency').mockReturnValueOnce(30);
    ann.store.start('ben', 'audio');
    const call = ann.store.active;
    ann.client['emit']('onOnlineEvent', {
      eventType: 6,
      operatorAccountId: 'ben',
      requestId: call?.requestId,
      channelInfo: { channelId: 'not known yet' },
      time: clock.now(),
    });
    expect(ann.now).toBe('connecting');
    expect(ann.media).toEqual([]);
    await settleDown();
    expect(ann.now).toBe('inCall');
  });

  it('rings once for an invitation that is delivered twice', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    const [channel] = server.signalling.channels();
    if (!channel) throw new Error('unreachable');
    // Without a link ann cannot close the channel: the invitation still looks valid.
    ann.client.cut();
    ben.store.reject();
    await settleDown();
    const requestId = channel.invitations[0]?.requestId ?? '';
    server.tell({ accountId: 'ann' }, channel, 3, ['ben'], { requestId });
    await settleDown();
    expect(ben.now).toBe('ended rejected');
  });
});

describe('calls after the sign-in', () => {
  it('ring for an invitation that arrived offline, for the rest of its time', async () => {
    ben.client.vanish();
    ann.store.start('ben', 'audio');
    await clock.advance(20_000);
    ben.signInAgain();
    await settleDown();
    expect(ben.now).toBe('ringing');
    await clock.advance(9_000);
    expect(ben.now).toBe('ringing');
    await clock.advance(1_100);
    expect(ben.now).toMatch(/^ended (timeout|cancelled)$/);
  });

  it('do not ring for an invitation that is withdrawn, too old, or whose channel is closed', async () => {
    ben.client.vanish();
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.store.hangUp();
    await settleDown();
    const [kept] = server.signalling.keptEvents('ben');
    if (!kept) throw new Error('unreachable');
    ben.signInAgain();
    await settleDown();
    expect(ben.now).toBe('idle');

    ben.client.vanish();
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.client.vanish();
    await clock.advance(31_000);
    ben.signInAgain();
    await settleDown();
    expect(ben.now).toBe('idle');
    ann.signInAgain();
  });

  it('have the newest state of the missed events', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.client.cut();
    ben.store.reject();
    await settleDown();
    ann.client.connect();
    await settleDown();
    expect(ann.now).toBe('ended rejected');
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.client.cut();
    ben.store.accept();
    await settleDown();
    ann.client.connect();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['inCall', 'inCall']);
  });
});
