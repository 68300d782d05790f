import { ConnectionError } from '@/connection';
import { MemberCard } from '@/packages/chatroom/people/member-card';
import type { RoomMember } from '@/packages/chatroom/sdk-types';
import { member } from './member';

/** Members on a server; `failure` is the server's answer instead. */
function serverWith(...members: RoomMember[]) {
  const server = {
    members,
    failure: null as ConnectionError | null,
    asked: 0,
    rows: [] as RoomMember[],
    byIds: async ([accountId]: readonly string[]) => {
      server.asked++;
      if (server.failure) throw server.failure;
      return server.members.filter((one) => one.accountId === accountId);
    },
  };
  return server;
}
const cardOf = (server: ReturnType<typeof serverWith>, now = 0) =>
  new MemberCard('anna', server as never, () => now);

test('a card shows the member from the list until the server answers', async () => {
  const server = serverWith(member('anna', 'NORMAL', { roomNick: 'new' }));
  server.rows = [member('anna', 'NORMAL', { roomNick: 'old' })];
  const card = cardOf(server);
  expect(card).toMatchObject({ state: 'ready', member: { roomNick: 'old' } });
  await card.load();
  expect(card).toMatchObject({ state: 'ready', member: { roomNick: 'new' }, error: null });
});

test('a card shows that the member left, and the code of a failed request', async () => {
  const server = serverWith();
  const card = cardOf(server);
  expect(card.state).toBe('loading');
  await card.load();
  expect(card.state).toBe('gone');
  server.failure = new ConnectionError(416);
  await card.load();
  expect(card.error?.code).toBe(416);
});

test('a temporary mute ends the given number of seconds after the answer', async () => {
  const muted = { tempChatBanned: true, tempChatBannedDuration: 60 };
  const server = serverWith(member('anna', 'NORMAL', muted));
  const card = cardOf(server, 1_000);
  await card.load();
  expect(card.mutedUntil).toBe(61_000);
  server.members = [member('anna')];
  await card.load();
  expect(card.mutedUntil).toBe(0);
});

describe('an action', () => {
  test("is followed by the server's current member", async () => {
    const server = serverWith(member('anna'));
    const card = cardOf(server);
    const done = await card.runAction(async () => {
      server.members = [member('anna', 'NORMAL', { chatBanned: true })];
    });
    expect(done).toBe(true);
    expect(card).toMatchObject({ busy: false, error: null, member: { chatBanned: true } });
  });

  test("that is refused shows the server's reason on the card", async () => {
    const card = cardOf(serverWith(member('anna')));
    const done = await card.runAction(() => Promise.reject(new ConnectionError(114432)));
    expect(done).toBe(false);
    expect(card.error?.code).toBe(114432);
    expect(card.busy).toBe(false);
  });

  test('does not start during another action', async () => {
    const server = serverWith(member('anna'));
    const card = cardOf(server);
    let finish: () => void = () => undefined;
    const first = card.runAction(() => new Promise<void>((resolve) => (finish = resolve)));
    const second = jest.fn(() => Promise.resolve());
    expect(await card.runAction(second)).toBe(false);
    expect(second).not.toHaveBeenCalled();
    finish();
    expect(await first).toBe(true);
    expect(server.asked).toBe(1);
  });
});
