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
  it('rings at the other side, is accepted, talks, and is hung up', async () => {
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

  it('hands the engine what it needs, and takes it back once', async () => {
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

  it('is given up: the other side stops ringing, the channel is closed', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.store.hangUp();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['ended cancelled', 'ended cancelled']);
    expect(openChannels()).toBe(0);
    expect(ann.records).toMatchObject([{ record: { type: 'audio', outcome: 'cancelled' } }]);
  });

  it('is given up before the server has answered', async () => {
    ann.store.start('ben', 'audio');
    ann.store.hangUp();
    expect(ann.now).toBe('ended cancelled');
    await settleDown();
    expect(ben.now).toBe('ended cancelled');
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

  it('to somebody who is in another one ends as busy, and disturbs nobody', async () => {
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

  it('cannot be begun twice, nor without a link', async () => {
    ann.store.start('ben', 'audio');
    expect(ann.store.start('cid', 'audio')).toBe(false);
    ann.store.hangUp();
    await settleDown();
    ann.client.cut();
    expect(ann.store.start('ben', 'audio')).toBe(true);
    expect(ann.store.state).toMatchObject({ name: 'ended', cause: 'failed', code: 190002 });
    // Nobody has heard of it: nothing to write.
    expect(ann.records).toHaveLength(1);
  });

  it('fails with the server’s code, and with the engine’s refusal', async () => {
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

  it('whose engine never joins fails after 20 s', async () => {
    ben.join = () => new Promise(() => undefined);
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.store.accept();
    await clock.advance(20_100);
    expect([ann.now, ben.now]).toEqual(['ended hungUp', 'ended failed']);
  });

  it('ends when the engine says that the other side left', async () => {
    await talk();
    ann.media[0]?.events.onPeerLeft();
    await settleDown();
    expect([ann.now, ben.now]).toEqual(['ended hungUp', 'ended hungUp']);
  });
});

describe('during a call', () => {
  it('shows the other side what is muted, and switches to sound alone on both', async () => {
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

  it('survives 10 s without a link, and tells its state again', async () => {
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

  it('learns after the link is back that the other side had hung up', async () => {
    await talk();
    ann.client.cut();
    ben.store.hangUp();
    await settleDown();
    ann.client.connect();
    await settleDown();
    expect(ann.now).toBe('ended hungUp');
    expect(openChannels()).toBe(0);
  });

  it('is lost when the channel has gone meanwhile', async () => {
    await talk();
    ann.client.cut();
    const [channel] = server.signalling.channels();
    if (channel) server.signalling.close(channel, 'ann');
    ann.client.connect();
    await settleDown();
    expect(ann.now).toBe('ended lost');
    expect(ann.records).toMatchObject([{ record: { outcome: 'answered' } }]);
  });

  it('hung up without a link, closes the channel when it is back', async () => {
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

  it('ends on both sides when one signs out', async () => {
    await talk();
    ann.client.end({ name: 'loggedOut' });
    expect(ann.now).toBe('ended hungUp');
    await settleDown();
    expect(ben.now).toBe('ended hungUp');
    expect(openChannels()).toBe(0);
    expect([...ann.storage.keys()]).toEqual([]);
    ann.signInAgain();
  });

  it('is lost to who was kicked; the channel is closed at the next sign-in here', async () => {
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

  it('whose app died is closed at the next start, found by its name', async () => {
    await talk();
    ann.client.vanish();
    ann.signInAgain();
    await settleDown();
    expect(openChannels()).toBe(0);
    expect(ben.now).toBe('ended hungUp');
    expect([...ann.storage.keys()]).toEqual([]);
  });
});

describe('races', () => {
  it('cancel and accept: one wins, and both sides agree', async () => {
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

  it('accept after the cancellation: it was cancelled', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.store.hangUp();
    await clock.advance(1);
    ben.store.accept();
    await settleDown();
    expect(ben.now).toBe('ended cancelled');
  });

  it('accept on two clients of mine: the second learns that the first did, and closes nothing', async () => {
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

  it('my late acceptance, cut off before the server’s no, does not end the call on my other client', async () => {
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

  it('answered on another client of mine, this one stops ringing', async () => {
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

  it('answered on another client of mine while this one had no link, this one stops ringing', async () => {
    const tablet = new Caller(server, 'ben', 'tablet');
    ann.store.start('ben', 'audio');
    await settleDown();
    ben.client.cut();
    tablet.store.accept();
    await settleDown();
    ben.client.connect();
    await settleDown();
    expect([ann.now, tablet.now, ben.now]).toEqual(['inCall', 'inCall', 'ended answeredElsewhere']);
    // The channel is the tablet's: the phone has not closed it.
    expect(openChannels()).toBe(1);
    tablet.store.hangUp();
    await settleDown();
  });

  it('hang-up while the acceptance is on its way, on either side', async () => {
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

  it('an engine that joins after the end is not listened to', async () => {
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

  it('the callee’s answer overtakes the server’s answer to the caller', async () => {
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

  it('an invitation that is delivered twice rings once', async () => {
    ann.store.start('ben', 'audio');
    await settleDown();
    const [channel] = server.signalling.channels();
    if (!channel) throw new Error('unreachable');
    // Without a link ann cannot close the channel: the invitation still looks good.
    ann.client.cut();
    ben.store.reject();
    await settleDown();
    const requestId = channel.invitations[0]?.requestId ?? '';
    server.tell({ accountId: 'ann' }, channel, 3, ['ben'], { requestId });
    await settleDown();
    expect(ben.now).toBe('ended rejected');
  });
});

describe('after the sign-in', () => {
  it('rings for an invitation that came while nobody was there, for the rest of its time', async () => {
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

  it('does not ring for one that was withdrawn, is too old, or whose channel has gone', async () => {
    ben.client.vanish();
    ann.store.start('ben', 'audio');
    await settleDown();
    ann.store.hangUp();
    await settleDown();
    const [kept] = server.signalling.keptFor('ben');
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

  it('takes the newest state of a call from what was missed', async () => {
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
