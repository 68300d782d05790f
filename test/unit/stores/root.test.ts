import { RootStore } from '@/stores/root';
import { StorageNotice } from '@/stores/storage-notice';
import { settle } from '../fakes/fake-clock';
import { createRig, TEST_ENV } from '../fakes/rig';
import { fakePlatform } from './fakes/fake-connection';

const A = { way: 'static', accountId: 'a', token: 'token-of-a' } as const;

/** What the stores ask for when they are online; nobody answers. */
const silent = new Proxy({}, { get: () => () => new Promise(() => undefined) });
const SERVICES = Object.fromEntries(
  ['conversation', 'friend', 'login', 'setting', 'signalling', 'user'].map((name) => [
    name,
    silent,
  ]),
);

function setUp() {
  const rig = createRig({ services: SERVICES });
  const { platform, manager } = rig;
  const make = () => new RootStore({ env: TEST_ENV, platform, manager });
  return { ...rig, make };
}

describe('RootStore', () => {
  test('at the start, no list is kept but that of the account that stays signed in', () => {
    const { platform, make } = setUp();
    for (const accountId of ['a', 'b'])
      platform.storage.set(`yunxin.conversations.${accountId}`, '[]');
    platform.storage.set('yunxin.account', JSON.stringify(A));
    make();
    expect(platform.storage.keys()).toEqual(['yunxin.conversations.a', 'yunxin.account']);
    platform.storage.remove('yunxin.account');
    make();
    expect(platform.storage.keys()).toEqual([]);
  });

  test('the stores of an account are gone before its socket is closed', async () => {
    const { make, clock, gate } = setUp();
    const root = make();
    void root.session.signIn(A);
    await settle();
    await clock.advance(5000);
    expect(root.account?.accountId).toBe('a');
    const done = root.session.signOut();
    await settle();
    expect(root.account).toBeNull();
    expect(gate.counts().live).toBeGreaterThan(0);
    await clock.advance(5000);
    await done;
  });
});

describe('StorageNotice', () => {
  test('is due once in each start, with the first refusal', () => {
    const { platform, refuseStorage } = fakePlatform();
    const notice = new StorageNotice(platform.storage);
    platform.storage.set('a', '1');
    expect(notice.isDue).toBe(false);
    refuseStorage((operation) => operation === 'set');
    platform.storage.set('a', '2');
    expect(notice.isDue).toBe(true);
    notice.dismiss();
    platform.storage.set('b', '2');
    expect(notice.isDue).toBe(false);
  });

  test('is due for a refusal from before it was made', () => {
    const { platform, refuseStorage } = fakePlatform();
    refuseStorage(() => true);
    platform.storage.get('a');
    expect(new StorageNotice(platform.storage).isDue).toBe(true);
  });
});
