import type { ImConnection } from '@/connection';
import { AccountStores } from '@/stores/session/account';
import { CONVERSATION, ME } from './fakes/builders';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';

const TEAM = `${ME}|2|7001`;

function setUp(sharesReads = true) {
  const connection = new FakeConnection();
  const host = fakePlatform();
  const stores = new AccountStores(
    connection as unknown as ImConnection,
    host.platform,
    {} as never,
    () => true,
    () => sharesReads,
  );
  return { connection, stores, ...host };
}

describe('the stores of an account', () => {
  /** A team that the stores know, with the fields that a test needs. */
  function withTeam(
    fields: { name?: string; memberCount?: number; teamType?: number },
    sharesReads = true,
  ) {
    const all = setUp(sharesReads);
    const team = { teamId: '7001', teamType: 1, name: '', memberCount: 0, ...fields };
    jest
      .spyOn(all.stores.teams, 'teamOf')
      .mockImplementation((id) => (id === TEAM ? (team as never) : null));
    return { ...all, team };
  }

  it('name a person by the profile, and a team by its own name or by the name of the list', () => {
    const { stores } = withTeam({ name: '' });
    expect(stores.titleOf(CONVERSATION)).toBe(
      stores.users.get(CONVERSATION.split('|')[2] ?? '').name,
    );
    expect(stores.titleOf('')).toBe('');
    const get = jest.spyOn(stores.conversations, 'get');
    get.mockReturnValue({ name: 'listed' } as never);
    expect(stores.titleOf(TEAM)).toBe('listed');
    get.mockReturnValue({ name: '7001' } as never);
    expect(stores.titleOf(TEAM)).toBe('');
    get.mockReturnValue(undefined as never);
    expect(stores.titleOf(TEAM)).toBe('');
    expect(withTeam({ name: 'friends' }).stores.titleOf(TEAM)).toBe('friends');
  });

  it('answer for a team what they know of it, and nothing for a person', () => {
    const { stores, team } = withTeam({ memberCount: 3 });
    const closed = { why: 'ended' } as never;
    jest.spyOn(stores.teams, 'closedOf').mockReturnValue(closed);
    const manages = jest.spyOn(stores.teams, 'managesTeam').mockReturnValue(true);
    const nick = jest.spyOn(stores.teams, 'nickOf').mockReturnValue('nick');
    expect([stores.memberCountOf(TEAM), stores.memberCountOf(CONVERSATION)]).toEqual([3, 0]);
    expect([stores.closedOf(TEAM), stores.closedOf(CONVERSATION)]).toEqual([closed, null]);
    expect([stores.manages(TEAM), stores.manages(CONVERSATION)]).toEqual([true, false]);
    expect(manages).toHaveBeenCalledWith(team);
    expect(stores.nameIn(TEAM, 'bob')).toBe('nick');
    expect(stores.nameIn(CONVERSATION, 'bob')).toBe(stores.users.get('bob').name);
    nick.mockReturnValue('');
    expect(stores.nameIn(TEAM, 'bob')).toBe(stores.users.get('bob').name);
    manages.mockReturnValue(false);
    expect(stores.manages(TEAM)).toBe(false);
  });

  it('ask for reads in a team of 2 to 100 members, no super team, of an account that shares its own', () => {
    const asks = (fields: Parameters<typeof withTeam>[0], id = TEAM, shares = true) => {
      const { stores } = withTeam(fields, shares);
      return (stores as unknown as { asksForReads(id: string): boolean }).asksForReads(id);
    };
    expect([1, 2, 100, 101].map((memberCount) => asks({ memberCount }))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(asks({ memberCount: 5, teamType: 2 })).toBe(false);
    expect(asks({ memberCount: 5 }, CONVERSATION)).toBe(false);
    expect(asks({ memberCount: 5 }, TEAM, false)).toBe(false);
  });

  const parts = [
    'call',
    'messages',
    'acts',
    'conversations',
    'contacts',
    'requests',
    'phrases',
    'asks',
    'presence',
    'notices',
    'reminders',
    'teams',
    'users',
    'clients',
  ] as const;
  it.each([true, false])('end with their account, and forget its data when told: %s', (forget) => {
    const { platform, stores } = setUp();
    const disposed = parts.map((part) => jest.spyOn(stores[part], 'dispose' as never));
    const remove = jest.spyOn(platform.storage, 'remove');
    stores.dispose({ forget });
    for (const one of disposed) expect(one).toHaveBeenCalledTimes(1);
    for (const part of ['messages', 'acts', 'conversations', 'reminders'] as const)
      expect(disposed[parts.indexOf(part)]).toHaveBeenCalledWith({ forget });
    const keys = remove.mock.calls.map(([key]) => key);
    for (const kind of ['heard', 'requests', 'phrases', 'notices'])
      expect(keys.some((key) => key.toLowerCase().includes(kind) && key.endsWith(ME))).toBe(forget);
  });
});
