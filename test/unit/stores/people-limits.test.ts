import type { AccountStores } from '@/stores';
import { FriendRequests, NEW_REQUEST } from '@/stores/people/friend-requests';
import { acceptRequest, askToBefriend, rejectRequest } from '@/stores/people/friend-answers';
import { changeProfile } from '@/stores/people/own-profile';
import { PersonCard } from '@/stores/people/person-card';
import { JoinedTeams, TeamRequests } from '@/stores/teams/team-lists';
import { TeamActs } from '@/stores/teams/team-acts';
import { systemClock } from '@/platform';
import { FakeConnection } from './fakes/fake-connection';

const TIMEOUT = 191005;
const request = { ...NEW_REQUEST, peerId: 'ben', incoming: true, text: '', time: 1 };

/** An account whose server takes requests and never answers. */
function silentAccount(): AccountStores {
  const connection = new FakeConnection();
  const never = new Proxy({}, { get: () => () => new Promise(() => undefined) });
  Object.assign(connection.services, { friend: never, user: never, team: never });
  const requests = new FriendRequests(
    connection.asConnection(),
    { get: () => undefined, set: () => true, remove: () => true } as never,
    () => false,
  );
  return {
    connection: connection.asConnection(),
    accountId: connection.accountId,
    requests,
  } as unknown as AccountStores;
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const card = (account: AccountStores) => new PersonCard(account, 'ben');

test.each<[string, (account: AccountStores) => Promise<unknown>]>([
  ['a request for a friendship', (account) => askToBefriend(account, 'ben')],
  ['an accepted request', (account) => acceptRequest(account, request, 'hi')],
  ['a refused request', (account) => rejectRequest(account, request, 'no')],
  ['a block', (account) => card(account).setBlocked(true)],
  ['the end of a block', (account) => card(account).setBlocked(false)],
  ['a remark', (account) => card(account).setRemark('Benny')],
  ['the end of a friendship', (account) => card(account).unfriend()],
  ['a changed profile', (account) => changeProfile(account, { sign: 'x' }, systemClock)],
])('%s without an answer ends with its code after 10 s', async (_what, act) => {
  const result = act(silentAccount()).catch((cause: unknown) => cause);
  await jest.advanceTimersByTimeAsync(9_000);
  expect(await Promise.race([result, 'open'])).toBe('open');
  await jest.advanceTimersByTimeAsync(1_500);
  expect(await result).toMatchObject({ code: TIMEOUT });
});

test('lists of teams and of requests without an answer say so after 10 s', async () => {
  const { connection } = silentAccount();
  const joined = new JoinedTeams(connection, systemClock);
  const requests = new TeamRequests(connection, systemClock, new TeamActs(connection, systemClock));
  void joined.load();
  void requests.load();
  await jest.advanceTimersByTimeAsync(10_500);
  expect(joined).toMatchObject({ state: 'error', error: { code: TIMEOUT } });
  expect(requests.error).toMatchObject({ code: TIMEOUT });
});
