import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { as, createRig, type Rig } from '../fakes/rig';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Signs in with credentials that only the connection layer holds. */
function signIn(rig: Rig): WeakRef<object> {
  const credentials = { ...as('u1') };
  void rig.manager.login(credentials).catch(() => undefined);
  return new WeakRef(credentials);
}

/** Ways in which a login ends; each leaves the manager unchanged for the next sign-in. */
const ENDS: [name: string, end: (rig: Rig) => Promise<void>][] = [
  [
    'signed out',
    async (rig) => {
      await rig.clock.advance(1000);
      void rig.manager.logout();
    },
  ],
  [
    'kicked',
    async (rig) => {
      await rig.clock.advance(1000);
      rig.nim().kick();
    },
  ],
  [
    'refused at once',
    (rig) => {
      rig.server.otherwise = { code: 302 };
      return Promise.resolve();
    },
  ],
  [
    'refused on a reconnect',
    async (rig) => {
      await rig.clock.advance(1000);
      rig.server.otherwise = { code: 302 };
      rig.nim().cut();
    },
  ],
  [
    'replaced by another account',
    async (rig) => {
      await rig.clock.advance(1000);
      void rig.manager.login(as('u2'));
    },
  ],
];

describe('after the end of a login no object holds its token', () => {
  it.each(ENDS)('%s', async (_, end) => {
    const rig = createRig();
    const credentials = signIn(rig);
    await end(rig);
    await rig.clock.advance(20_000);
    collectGarbage();
    expect(credentials.deref()).toBeUndefined();
    expect(rig.manager).toBeDefined();
  });

  it('an SDK instance, whose adapters are global, does not hold the connection after a sign-out', async () => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(1000);
    const connection = new WeakRef(rig.manager.connection ?? {});
    void rig.manager.logout();
    await rig.clock.advance(20_000);
    collectGarbage();
    expect(connection.deref()).toBeUndefined();
    expect(rig.nims).toHaveLength(1);
  });

  it('a login that is online holds its credentials, so the check can fail', async () => {
    const rig = createRig();
    const credentials = signIn(rig);
    await rig.clock.advance(20_000);
    collectGarbage();
    expect(credentials.deref()).toBeDefined();
    expect(rig.manager.state.name).toBe('online');
  });
});
