import type { ImConnection } from '@/connection';
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
  const kicked: string[] = [];
  let refusal: { code: number } | undefined;
  const connection = {
    state: { name: 'online' },
    services: {
      login: {
        getLoginClients: () => clients,
        getCurrentLoginClient: () => me,
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
