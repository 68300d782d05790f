import { autorun } from 'mobx';
import type { ConnectionState, ImConnection, StateChange } from '@/connection';
import { ClientsStore } from '@/stores/session/clients';

const me = { clientId: 'me', type: 16, os: 'wx', timestamp: 1 };
const phone = { clientId: 'phone', type: 2, os: 'iOS 17', timestamp: 2, customTag: 'tag' };

/** A connection whose login service the test controls. */
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
    listen: (service: string, event: string, handler: () => void) => {
      if (service === 'login' && event === 'onLoginClientChanged') changed = handler;
      return () => undefined;
    },
  };
  const store = new ClientsStore(connection as unknown as ImConnection);
  return {
    store,
    kicked,
    /** Logs in as the SDK does: reports the clients, then which of them is this client, then the end of the sync. */
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

describe('other clients of the account', () => {
  it('are listed without this client', () => {
    const { store, change } = rig();
    change([me, phone]);
    expect(store.others).toEqual([
      { clientId: 'phone', type: 2, os: 'iOS 17', since: 2, customTag: 'tag', customClientType: 0 },
    ]);
  });

  it('do not include this client while the SDK does not know its own id', () => {
    const { store, logIn } = rig();
    const seen: string[][] = [];
    const stop = autorun(() => seen.push(store.others.map(({ clientId }) => clientId)));
    logIn([me, phone]);
    stop();
    expect(seen).toEqual([[], ['phone']]);
    // The client was signed in before, so there is no new sign-in to report.
    expect(store.newClient).toBeNull();
  });

  it('are reported after their sign-in until the user reads the report or they leave', () => {
    const { store, change } = rig();
    change([me, phone]);
    expect(store.newClient?.clientId).toBe('phone');
    store.dismissNewClient();
    change([me, phone]);
    expect(store.newClient).toBeNull();
    change([me]);
    change([me, phone]);
    expect(store.newClient?.clientId).toBe('phone');
    change([me]);
    expect(store.newClient).toBeNull();
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

  it('stay with the code of the server when the server refuses', async () => {
    const { store, change, refuse } = rig();
    change([me, phone]);
    refuse(192006);
    const [other] = store.others;
    if (!other) throw new Error('unreachable');
    await expect(store.signOut(other)).rejects.toMatchObject({ code: 192006 });
    expect(store.others).toHaveLength(1);
  });
});
