import { RemoteConfigStore, UpdateStore } from '@/stores';
import { isBelow } from '@/stores/app/update';
import { fakePlatform } from './fakes/fake-connection';

async function updates(minVersion = '') {
  const host = fakePlatform();
  const remote = new RemoteConfigStore({ get: () => Promise.resolve({ minVersion }) });
  const store = new UpdateStore(host.platform.updates, remote, '1.4.0');
  await remote.load();
  return { ...host, store };
}

describe('a new version', () => {
  it('is offered once when the host has it', async () => {
    const { store, updateReady } = await updates();
    expect(store.offer).toBeNull();
    updateReady();
    expect(store.offer).toBe('ready');
    store.markShown('ready');
    expect(store.offer).toBeNull();
  });

  it("starts only on the user's tap", async () => {
    const { store, updateReady, restarts } = await updates();
    updateReady();
    expect(restarts).toHaveLength(0);
    store.restart();
    expect(restarts).toHaveLength(1);
  });

  it('is requested when this version is too old, and offered when it arrives', async () => {
    const { store, updateReady } = await updates('1.10');
    expect(store.offer).toBe('outdated');
    store.markShown('outdated');
    expect(store.offer).toBeNull();
    updateReady();
    expect(store.offer).toBe('ready');
  });

  it('is not requested when this version is recent enough', async () => {
    expect((await updates('1.4')).store.offer).toBeNull();
  });

  it('is not offered after the end of the app', async () => {
    const { store, updateReady } = await updates();
    store.dispose();
    updateReady();
    expect(store.offer).toBeNull();
  });
});

test.each([
  ['1.4.0', '1.4.0', false],
  ['1.4.0', '1.4', false],
  ['1.4', '1.4.1', true],
  ['1.4.0', '1.10.0', true],
  ['2.0.0', '1.10.0', false],
])('%s is below %s: %s', (version, minimum, expected) => {
  expect(isBelow(version, minimum)).toBe(expected);
});
