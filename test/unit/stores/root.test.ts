import { RootStore } from '@/stores/app/root';
import { settle } from '../fakes/fake-clock';
import { createRig, TEST_ENV } from '../fakes/rig';

const A = { way: 'static', accountId: 'a', token: 'token-of-a' } as const;

/** Calls of the stores when they go online; the test answers none of them. */
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
  test('keeps at the start only the list of the account that stays signed in', () => {
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

  test('removes at the start the files of unsent messages when no account stays signed in', async () => {
    const { platform, make } = setUp();
    await platform.files.keep('a.png', 'tmp/a.png');
    platform.storage.set('yunxin.account', JSON.stringify(A));
    make();
    await settle();
    expect(await platform.files.names()).toEqual(['a.png']);
    platform.storage.remove('yunxin.account');
    make();
    await settle();
    expect(await platform.files.names()).toEqual([]);
  });

  test("disposes of an account's stores before its socket is closed", async () => {
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
