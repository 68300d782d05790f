import { autorun } from 'mobx';
import type { ConnectionState, ImConnection, StateChange } from '@/connection';
import { ClientsStore } from '@/stores/clients';

const me = { clientId: 'me', type: 16, os: 'wx', timestamp: 1 };
const phone = { clientId: 'phone', type: 2, os: 'iOS 17', timestamp: 2, customTag: 'tag' };

/** A connection whose login service the test writes. */
function rig(listed = [me]) {
  let clients: {
    clientId: string;
    type: number;
    os: string;
    timestamp: number;
    customTag?: string;
  }[] = listed;
  let changed: () => void = () => undefined;
  let stateListener: (change: StateChange) => void = () => undefined;
  let current: typeof me | undefined = me;
  const kicked: string[] = [];
  let refusal: { code: number } | undefined;
  const connection = {
    state: { name: 'online' } as ConnectionState,
    on: (_event: 'state', handler: typeof stateListener) => {
      stateListener = handler;
      return () => undefined;
    },
    services: {
      login: {
        getLoginClients: () => clients,
        getCurrentLoginClient: () => current,
        kickOffline: ({ clientId }: { clientId: string }) => {
          if (refusal) return Promise.reject(refusal);
          kicked.push(clientId);
          clients = clients.filter((client) => client.clientId !== clientId);
          return Promise.resolve();
        },
      },
    },
    listen: (_service: string, _event: string, handler: () => void) => {
      changed = handler;
      return () => undefined;
    },
  };
  const store = new ClientsStore(connection as unknown as ImConnection);
  return {
    store,
    kicked,
    /** As the SDK logs in: the clients come first, then which of them is this one, then the sync ends. */
    logIn: (next: typeof clients) => {
      connection.state = { name: 'authenticating', attempt: 1 };
      current = undefined;
      clients = next;
      changed();
      current = me;
      connection.state = { name: 'online' };
      stateListener({ from: { name: 'syncing' }, to: connection.state, reason: 'test' });
    },
    refuse: (code: number) => (refusal = { code }),
    change: (next: typeof clients) => {
      clients = next;
      changed();
    },
  };
}

describe('other clients of my account', () => {
  it('are listed without this one', () => {
    const { store, change } = rig();
    change([me, phone]);
    expect(store.others).toEqual([
      { clientId: 'phone', type: 2, os: 'iOS 17', since: 2, customTag: 'tag', customClientType: 0 },
    ]);
  });

  it('do not include this one while the SDK does not know which it is', () => {
    const { store, logIn } = rig();
    const seen: string[][] = [];
    const stop = autorun(() => seen.push(store.others.map(({ clientId }) => clientId)));
    logIn([me, phone]);
    stop();
    expect(seen).toEqual([[], ['phone']]);
    // It was there before: nobody has signed in.
    expect(store.newcomer).toBeNull();
  });

  it('are told of when they sign in, until that was read or they left', () => {
    const { store, change } = rig();
    change([me, phone]);
    expect(store.newcomer?.clientId).toBe('phone');
    store.dismissNewcomer();
    change([me, phone]);
    expect(store.newcomer).toBeNull();
    change([me]);
    change([me, phone]);
    expect(store.newcomer?.clientId).toBe('phone');
    change([me]);
    expect(store.newcomer).toBeNull();
  });

  it('can be signed out', async () => {
    const { store, change, kicked } = rig();
    change([me, phone]);
    const [other] = store.others;
    if (!other) throw new Error('unreachable');
    await store.signOut(other);
    expect(kicked).toEqual(['phone']);
    expect(store.others).toEqual([]);
  });

  it('stay when the server refuses, with its code', async () => {
    const { store, change, refuse } = rig();
    change([me, phone]);
    refuse(192006);
    const [other] = store.others;
    if (!other) throw new Error('unreachable');
    await expect(store.signOut(other)).rejects.toMatchObject({ code: 192006 });
    expect(store.others).toHaveLength(1);
  });
});
