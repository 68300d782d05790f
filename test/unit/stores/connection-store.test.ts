import type { ConnectionManager, ConnectionState, StateChange } from '@/connection';
import { Listeners } from '@/platform';
import { ConnectionStore } from '@/stores/app/connection';
import { FakeClock } from '../fakes/fake-clock';

describe('ConnectionStore', () => {
  function setUp() {
    const clock = new FakeClock();
    const states = new Listeners<[StateChange]>();
    const manager = {
      state: { name: 'idle' } as ConnectionState,
      on: (event: string, handler: (change: StateChange) => void) =>
        event === 'state' ? states.add(handler) : () => undefined,
    };
    const store = new ConnectionStore(manager as unknown as ConnectionManager, clock);
    const enter = (to: ConnectionState) =>
      states.emit({ from: { name: 'idle' }, to, reason: 'test' });
    return { clock, store, enter };
  }

  test('counts down to the next attempt, then shows connecting, then no banner', async () => {
    const { clock, store, enter } = setUp();
    const until = clock.now() + 2500;
    enter({ name: 'waiting', attempt: 1, delayMs: 2500, until, reason: 192003 });
    expect(store.banner).toEqual({ kind: 'waiting', secondsToNext: 3, code: 192003 });
    await clock.advance(500);
    expect(store.banner).toMatchObject({ secondsToNext: 2 });
    await clock.advance(1000);
    expect(store.banner).toMatchObject({ secondsToNext: 1 });
    enter({ name: 'connecting', attempt: 1 });
    expect(store.banner).toEqual({ kind: 'connecting' });
    enter({ name: 'online' });
    expect(store.banner).toBeNull();
    expect(store.isOnline).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test.each([
    [{ name: 'waiting', attempt: 1, delayMs: 1, until: 1, reason: 600103 }, { kind: 'offline' }],
    [
      { name: 'refused', code: 302 },
      { kind: 'refused', code: 302 },
    ],
    [
      {
        name: 'kicked',
        at: 1,
        detail: { reason: 2, reasonDesc: '', clientType: 0, customClientType: 0 },
      },
      { kind: 'kicked', code: 600102 },
    ],
  ] as [ConnectionState, object][])('has the banner of state %j', (state, banner) => {
    const { store, enter } = setUp();
    enter(state);
    expect(store.banner).toEqual(banner);
  });
});
