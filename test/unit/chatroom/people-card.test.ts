import { ConnectionError } from '@/connection';
import { MemberCard } from '@/packages/chatroom/people/member-card';
import type { RoomMember } from '@/packages/chatroom/sdk';
import { member } from './member';

/** Members as a server has them; `failure` is what it answers instead. */
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

test('a card shows what the list knows until the server has answered', async () => {
  const server = serverWith(member('anna', 'NORMAL', { roomNick: 'new' }));
  server.rows = [member('anna', 'NORMAL', { roomNick: 'old' })];
  const card = cardOf(server);
  expect(card).toMatchObject({ state: 'ready', member: { roomNick: 'old' } });
  await card.load();
  expect(card).toMatchObject({ state: 'ready', member: { roomNick: 'new' }, error: null });
});

test('it says that somebody has gone, and why it could not be fetched', async () => {
  const server = serverWith();
  const card = cardOf(server);
  expect(card.state).toBe('loading');
  await card.load();
  expect(card.state).toBe('gone');
  server.failure = new ConnectionError(416);
  await card.load();
  expect(card.error?.code).toBe(416);
});

test('a temporary mute ends so many seconds after the answer', async () => {
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
  test('is followed by what the server has now', async () => {
    const server = serverWith(member('anna'));
    const card = cardOf(server);
    const done = await card.act(async () => {
      server.members = [member('anna', 'NORMAL', { chatBanned: true })];
    });
    expect(done).toBe(true);
    expect(card).toMatchObject({ busy: false, error: null, member: { chatBanned: true } });
  });

  test("that is refused leaves the server's reason on the card", async () => {
    const card = cardOf(serverWith(member('anna')));
    const done = await card.act(() => Promise.reject(new ConnectionError(114432)));
    expect(done).toBe(false);
    expect(card.error?.code).toBe(114432);
    expect(card.busy).toBe(false);
  });

  test('waits for none before it: a second one is not begun', async () => {
    const server = serverWith(member('anna'));
    const card = cardOf(server);
    let finish: () => void = () => undefined;
    const first = card.act(() => new Promise<void>((resolve) => (finish = resolve)));
    const second = jest.fn(() => Promise.resolve());
    expect(await card.act(second)).toBe(false);
    expect(second).not.toHaveBeenCalled();
    finish();
    expect(await first).toBe(true);
    expect(server.asked).toBe(1);
  });
});
