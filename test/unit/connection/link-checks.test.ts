import { PROBE_MS } from '@/connection';
import { as, createRig, type Rig } from '../fakes/rig';

const MINUTE = 60_000;

async function online(prepare: (rig: Rig) => void = () => undefined) {
  const rig = createRig();
  prepare(rig);
  void rig.manager.login(as('u1'));
  await rig.clock.advance(MINUTE);
  expect(rig.manager.state.name).toBe('online');
  return rig;
}

async function returnAfter(rig: Rig, hiddenMs: number) {
  rig.hide();
  await rig.clock.advance(hiddenMs);
  rig.show();
}

describe('the probe of the link', () => {
  it('rebuilds a dead link 1.5 s after the return from the background', async () => {
    const rig = await online();
    rig.server.alive = false;
    await returnAfter(rig, 10 * MINUTE);
    await rig.clock.advance(PROBE_MS - 1);
    expect(rig.manager.state.name).toBe('online');
    await rig.clock.advance(1);
    rig.server.alive = true;
    await rig.clock.advance(400);
    expect(rig.manager.state.name).toBe('online');
    expect(rig.server.attempts).toHaveLength(2);
    expect(rig.host.maxLive).toBe(1);
  });

  it('keeps a living link on return', async () => {
    const rig = await online();
    await returnAfter(rig, 10 * MINUTE);
    await rig.clock.advance(5000);
    expect(rig.server.attempts).toHaveLength(1);
  });

  it.each([416, 403, 500])('accepts the code %i as an answer', async (code) => {
    const rig = await online();
    rig.server.probeCode = code;
    await returnAfter(rig, 5000);
    await rig.clock.advance(5000);
    expect(rig.server.attempts).toHaveLength(1);
  });

  it('keeps a slow link that answers after 1.2 s, five times', async () => {
    const rig = await online();
    rig.server.replyMs = 1200;
    for (let times = 0; times < 5; times++) {
      await returnAfter(rig, 5000);
      await rig.clock.advance(5000);
    }
    expect(rig.server.attempts).toHaveLength(1);
  });

  it('waits three times the duration of the sign-in and of the last probe', async () => {
    const rig = await online(({ server }) => (server.replyMs = 1500));
    rig.server.replyMs = 4000;
    await returnAfter(rig, 5000);
    await rig.clock.advance(10_000);
    // 4.5 s after the sign-in's 1.5 s; 8 s, the SDK's own limit, after the probe's 4 s.
    rig.server.replyMs = 7900;
    await returnAfter(rig, 5000);
    await rig.clock.advance(10_000);
    expect(rig.server.attempts).toHaveLength(1);
    rig.server.alive = false;
    await returnAfter(rig, 5000);
    await rig.clock.advance(7999);
    expect(rig.manager.state.name).toBe('online');
    await rig.clock.advance(1);
    expect(rig.manager.state.name).toBe('connecting');
  });

  it('of an old link does not affect the next link', async () => {
    const rig = await online();
    rig.server.alive = false;
    await returnAfter(rig, 5000);
    await rig.clock.advance(500);
    rig.nim().cut();
    rig.server.alive = true;
    await rig.clock.advance(900);
    expect(rig.manager.state.name).toBe('online');
    const probe = jest.spyOn(rig.nim(), 'probe');
    await returnAfter(rig, 5000);
    await rig.clock.advance(10_000);
    expect(probe).toHaveBeenCalledTimes(1);
    expect(rig.server.attempts).toHaveLength(2);
  });

  it('runs after a change of network while online', async () => {
    const rig = await online();
    rig.server.alive = false;
    rig.setNetwork(true);
    await rig.clock.advance(PROBE_MS);
    rig.server.alive = true;
    await rig.clock.advance(1000);
    expect(rig.manager.state.name).toBe('online');
    expect(rig.server.attempts).toHaveLength(2);
  });
});

describe('a request without an answer', () => {
  it('starts a probe, and a new link a second later when the link is dead', async () => {
    const rig = await online();
    rig.server.alive = false;
    void rig.nim().unanswered();
    await rig.clock.advance(8000);
    expect(rig.manager.state.name).toBe('online');
    await rig.clock.advance(1000);
    expect(rig.states).toContain('waiting');
    rig.server.alive = true;
    await rig.clock.advance(1000);
    expect(rig.manager.state.name).toBe('online');
    expect(rig.server.attempts).toHaveLength(2);
  });

  it('changes nothing while the link is alive, and many requests start a single probe', async () => {
    const rig = await online();
    const probe = jest.spyOn(rig.nim(), 'probe');
    for (let request = 0; request < 20; request++) void rig.nim().unanswered();
    await rig.clock.advance(10_000);
    expect(probe).toHaveBeenCalledTimes(1);
    void rig.nim().unanswered();
    await rig.clock.advance(10_000);
    expect(probe).toHaveBeenCalledTimes(2);
    expect(rig.server.attempts).toHaveLength(1);
  });

  it('starts no probe without a link', async () => {
    const rig = await online();
    const probe = jest.spyOn(rig.nim(), 'probe');
    void rig.nim().unanswered();
    await rig.clock.advance(7999);
    rig.nim().cut();
    await rig.clock.advance(1);
    expect(rig.manager.state.name).toBe('waiting');
    expect(probe).not.toHaveBeenCalled();
  });
});

describe('a main sync', () => {
  async function syncing(syncs: Rig['server']['syncs']) {
    const rig = createRig();
    rig.server.syncs = syncs;
    void rig.manager.login(as('u1')).catch(() => undefined);
    await rig.clock.advance(100);
    return rig;
  }

  it('that never ends is not online: a new link follows after 20 s, with the usual pause', async () => {
    const rig = await syncing(['never']);
    await rig.clock.advance(19_800);
    expect(rig.manager.state.name).toBe('syncing');
    await rig.clock.advance(200);
    expect(rig.manager.state).toMatchObject({ name: 'waiting', attempt: 1, reason: 191005 });
    await rig.clock.advance(2000);
    expect(rig.manager.state.name).toBe('online');
    expect(rig.states.filter((name) => name === 'online')).toHaveLength(1);
    expect(rig.server.attempts).toHaveLength(2);
    expect(rig.host.maxLive).toBe(1);
  });

  it('that ends with an error is not online either, and the pauses grow', async () => {
    const rig = await syncing([{ code: 416 }, { code: 416 }, { code: 416 }]);
    expect(rig.manager.state).toMatchObject({ name: 'waiting', attempt: 1, reason: 416 });
    await rig.clock.advance(1100);
    expect(rig.manager.state).toMatchObject({ name: 'waiting', attempt: 2, reason: 416 });
    await rig.clock.advance(10_000);
    expect(rig.manager.state.name).toBe('online');
    expect(rig.server.attempts).toHaveLength(4);
  });

  it('gets twice the time after each main sync without an end, up to 160 s', async () => {
    const rig = await syncing(Array.from({ length: 5 }, () => 'never'));
    const began: number[] = [];
    const took: number[] = [];
    rig.manager.on('state', ({ from, to }) => {
      if (to.name === 'syncing') began.push(rig.clock.now());
      const start = began[began.length - 1];
      if (from.name === 'syncing' && start !== undefined) took.push(rig.clock.now() - start);
    });
    await rig.clock.advance(12 * MINUTE);
    expect(took.slice(0, 4)).toEqual([40_000, 80_000, 160_000, 160_000]);
    expect(rig.manager.state.name).toBe('online');
    // The limit is 20 s again after a main sync that succeeded.
    rig.server.syncs = ['never'];
    rig.nim().cut();
    await rig.clock.advance(MINUTE);
    expect(took[took.length - 2]).toBe(20_000);
  });

  it('that fails on a reconnect ends at reconnectionAttempts', async () => {
    const rig = createRig({ options: { reconnectionAttempts: 2 } });
    rig.server.syncs = [{ code: 500 }, { code: 500 }, { code: 500 }];
    void rig.manager.login(as('u1')).catch(() => undefined);
    await rig.clock.advance(MINUTE);
    expect(rig.manager.state).toEqual({ name: 'lost', code: 500 });
    expect(rig.gate.counts().live).toBe(0);
  });
});
