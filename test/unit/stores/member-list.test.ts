import { MemberList } from '@/stores/teams/member-list';
import { FakeClock } from '../fakes/fake-clock';
import { FakeConnection } from './fakes/fake-connection';

/** V2NIMTeamMemberRoleQueryType. */
const MANAGERS = 2;
const member = (accountId: string, inTeam = true) => ({
  accountId,
  inTeam,
  memberRole: 0,
  joinTime: 1,
  updateTime: 1,
});

function start(pageOf: (nextToken: string) => object) {
  const connection = new FakeConnection();
  let requests = 0;
  connection.answers.set(
    'getTeamMemberList',
    (_id: string, _type: number, option: { roleQueryType: number; nextToken: string }) => {
      requests++;
      return option.roleQueryType === MANAGERS
        ? { finished: true, nextToken: '', memberList: [] }
        : pageOf(option.nextToken);
    },
  );
  const key = { teamId: '7', teamType: 1 };
  const list = new MemberList(connection.asConnection(), new FakeClock(), key);
  return { list, requests: () => requests, ids: () => list.rows.map((row) => row.accountId) };
}

test('members come in pages, each once, without those who left', async () => {
  const { list, ids } = start((token) =>
    token === ''
      ? { finished: false, nextToken: 'a', memberList: [member('ann'), member('x', false)] }
      : { finished: true, nextToken: 'b', memberList: [member('ann'), member('ben')] },
  );
  await list.load();
  expect(list.hasMore).toBe(true);
  await list.loadMore();
  expect(ids()).toEqual(['ann', 'ben']);
  expect(list.hasMore).toBe(false);
});

test('a token that does not move ends the pages', async () => {
  const { list, requests } = start(() => ({
    finished: false,
    nextToken: 'same',
    memberList: [member('ann')],
  }));
  await list.load();
  await list.loadMore();
  const before = requests();
  await list.loadMore();
  expect(list.hasMore).toBe(false);
  expect(requests()).toBe(before);
});
