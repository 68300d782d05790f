import { observable, runInAction } from 'mobx';
import { ImSender } from '@/stores/chat/im-sender';
import { Readers } from '@/stores/chat/readers';
import { TeamReadCounts } from '@/stores/chat/team-read-counts';
import { TeamReceipts } from '@/stores/chat/team-receipts';
import type { V2NIMMessage } from '@/sdk/types';
import { FakeClock, settle } from '../fakes/fake-clock';
import { draft, ME, message } from './fakes/builders';
import { FakeConnection } from './fakes/fake-connection';

const TEAM = `${ME}|2|9`;
const GATHER_MS = 50;
/** The codes of an app key, and of a team, without receipts. */
const DISABLED = 107324;
const RATE_LIMIT = 107317;

function inTeam(fields: Partial<V2NIMMessage> = {}): V2NIMMessage {
  return message({
    conversationId: TEAM,
    conversationType: 2 as never,
    receiverId: '9',
    messageConfig: { readReceiptEnabled: true },
    ...fields,
  });
}

const mine = (fields: Partial<V2NIMMessage> = {}) => inTeam({ senderId: ME, ...fields });

function receipt({ messageClientId }: V2NIMMessage, readCount: number, unreadCount: number) {
  return { conversationId: TEAM, messageClientId, messageServerId: '', readCount, unreadCount };
}

describe('TeamReadCounts', () => {
  async function counts(isRecalled: (id: string) => boolean = () => false) {
    const connection = new FakeConnection();
    const clock = new FakeClock();
    const store = new TeamReadCounts(connection.asConnection(), clock, isRecalled);
    await connection.online();
    const heard = (...all: ReturnType<typeof receipt>[]) =>
      connection.emit('message', 'onReceiveTeamMessageReadReceipts', all);
    const of = ({ messageClientId }: V2NIMMessage) => {
      const count = store.of(messageClientId);
      return count && [count.read, count.unread];
    };
    return { connection, clock, store, heard, of };
  }

  test('events before the message, twice and out of order end in the newest count', async () => {
    const { connection, clock, store, heard, of } = await counts();
    const one = mine();
    heard(receipt(one, 1, 2));
    heard(receipt(one, 0, 3), receipt(one, 2, 1), receipt(one, 2, 1), receipt(one, 1, 2));
    store.watch(one);
    expect(of(one)).toEqual([2, 1]);
    // A member who had not read it has left.
    heard(receipt(one, 2, 0));
    expect(of(one)).toEqual([2, 0]);
    heard(receipt(one, 2, 1));
    expect(of(one)).toEqual([2, 0]);
    await clock.advance(1000);
    expect(connection.names()).toEqual([]);
  });

  test('an answer that is older than an event does not take the event back', async () => {
    const { connection, clock, store, heard, of } = await counts();
    const one = mine();
    store.watch(one);
    await clock.advance(GATHER_MS);
    heard(receipt(one, 2, 1));
    connection.next('getTeamMessageReceipts').resolve([receipt(one, 1, 2)]);
    await settle();
    expect(of(one)).toEqual([2, 1]);
  });

  test('a page of rows is one request, 50 messages at most in each, of one conversation', async () => {
    const { connection, clock, store } = await counts();
    const rows = Array.from({ length: 60 }, () => mine());
    rows.push(mine({ conversationId: `${ME}|2|10`, receiverId: '10' }));
    for (const one of rows) store.watch(one);
    // Not asked for: of another account, of a super team, not acknowledged, without a wish for receipts.
    store.watch(inTeam());
    store.watch(mine({ conversationType: 3 as never }));
    store.watch(mine({ messageServerId: '' }));
    store.watch(mine({ messageConfig: { readReceiptEnabled: false } }));
    await clock.advance(GATHER_MS);
    const sizes = connection.calls.map(({ args }) => (args[0] as V2NIMMessage[]).length);
    expect(sizes).toEqual([50, 10, 1]);
    for (const one of rows) store.watch(one);
    await clock.advance(GATHER_MS);
    expect(connection.calls).toHaveLength(3);
  });

  test('a row that left the screen is not asked for, and a reconnect asks again for the others', async () => {
    const { connection, clock, store, heard } = await counts();
    const [gone, kept, complete] = [mine(), mine(), mine()];
    store.watch(gone)();
    store.watch(kept);
    store.watch(complete);
    await clock.advance(GATHER_MS);
    connection
      .next('getTeamMessageReceipts')
      .resolve([receipt(kept, 0, 2), receipt(complete, 2, 0)]);
    heard(receipt(gone, 0, 2));
    await settle();
    await connection.lose();
    await connection.online();
    await clock.advance(GATHER_MS);
    const [messages] = connection.next('getTeamMessageReceipts').args as [V2NIMMessage[]];
    expect(messages).toEqual([kept]);
  });

  test('the first count of a message that was sent again after a lost link is asked for', async () => {
    const { connection, clock, store, heard } = await counts();
    const [again, fresh] = [mine(), mine()];
    store.watch({ ...again, messageServerId: '' });
    await connection.lose();
    await connection.online();
    store.watch({ ...fresh, messageServerId: '' });
    heard(receipt(again, 0, 2));
    heard(receipt(fresh, 0, 2));
    store.watch(again);
    store.watch(fresh);
    await clock.advance(GATHER_MS);
    const [messages] = connection.next('getTeamMessageReceipts').args as [V2NIMMessage[]];
    expect(messages).toEqual([again]);
  });

  test('a server without receipts is asked once for each login; another failure with the next row', async () => {
    const { connection, clock, store } = await counts();
    const one = mine();
    store.watch(one);
    await clock.advance(GATHER_MS);
    connection.next('getTeamMessageReceipts').reject({ code: RATE_LIMIT });
    await settle();
    store.watch(one);
    await clock.advance(GATHER_MS);
    connection.next('getTeamMessageReceipts').reject({ code: DISABLED });
    await settle();
    store.watch(one);
    store.watch(mine());
    await clock.advance(GATHER_MS);
    expect(connection.names()).toEqual([]);
  });

  test('a recalled message has no count, and numbers that are none are ignored', async () => {
    const one = mine();
    const other = mine();
    const { connection, heard, of } = await counts((id) => id === other.messageClientId);
    heard(receipt(one, 1, 1), receipt(other, 1, 1));
    heard(receipt(one, NaN, 1), receipt(one, -1, 1), receipt(one, undefined as never, 1));
    expect([of(one), of(other)]).toEqual([[1, 1], undefined]);
    connection.reportRecall({ messageClientId: one.messageClientId }, ME);
    expect(of(one)).toBeUndefined();
  });
});

describe('TeamReceipts', () => {
  async function receipts() {
    const connection = new FakeConnection();
    const clock = new FakeClock();
    const seenUntil = observable.map<string, number>();
    const setting = { isOn: true };
    const store = new TeamReceipts({
      connection: connection.asConnection(),
      clock,
      seenUntil,
      isOn: () => setting.isOn,
    });
    await connection.online();
    const seen = (until: number, conversationId = TEAM) =>
      runInAction(() => seenUntil.set(conversationId, until));
    const next = () => {
      const call = connection.next('sendTeamMessageReceipts');
      return { ...call, messages: call.args[0] as V2NIMMessage[] };
    };
    return { connection, clock, store, seen, setting, next };
  }

  test('a message with a row is reported once it was on the screen, and only once', async () => {
    const { connection, clock, store, seen, next } = await receipts();
    const [first, second] = [inTeam(), inTeam()];
    store.watch(first);
    store.watch(second);
    await clock.advance(GATHER_MS);
    expect(connection.names()).toEqual([]);
    seen(first.createTime);
    seen(second.createTime, `${ME}|2|other`);
    await clock.advance(GATHER_MS);
    const call = next();
    expect(call.messages).toEqual([first]);
    call.resolve();
    await settle();
    store.watch(first);
    seen(second.createTime);
    await clock.advance(GATHER_MS);
    expect(next().messages).toEqual([second]);
  });

  test('portions have 50 messages of one conversation, one after the other', async () => {
    const { connection, clock, store, seen, next } = await receipts();
    const all = Array.from({ length: 60 }, () => inTeam());
    const other = inTeam({ conversationId: `${ME}|2|10`, receiverId: '10' });
    for (const one of [...all, other, mine(), inTeam({ messageConfig: {} })]) store.watch(one);
    seen(Infinity);
    seen(Infinity, other.conversationId);
    await clock.advance(GATHER_MS);
    const sizes: number[] = [];
    while (connection.calls.length > 0) {
      expect(connection.calls).toHaveLength(1);
      const call = next();
      sizes.push(call.messages.length);
      call.resolve();
      await settle();
    }
    expect(sizes).toEqual([50, 10, 1]);
  });

  test('a failure is repeated with pauses, a lost link after the reconnect, and a disabled feature never', async () => {
    const { connection, clock, store, seen, next } = await receipts();
    const one = inTeam();
    store.watch(one);
    seen(one.createTime);
    await clock.advance(GATHER_MS);
    next().reject({ code: RATE_LIMIT });
    await settle();
    await clock.advance(999);
    expect(connection.names()).toEqual([]);
    await clock.advance(1);
    expect(connection.names()).toEqual(['sendTeamMessageReceipts']);
    await connection.lose();
    await clock.advance(60_000);
    expect(connection.names()).toEqual([]);
    await connection.online();
    await clock.advance(GATHER_MS);
    next().reject({ code: DISABLED });
    await settle();
    await clock.advance(600_000);
    await connection.lose();
    await connection.online();
    await clock.advance(600_000);
    expect(connection.names()).toEqual([]);
  });

  test('a server that always fails is given up until the next login', async () => {
    const { connection, clock, store, seen, next } = await receipts();
    const one = inTeam();
    store.watch(one);
    seen(one.createTime);
    await clock.advance(GATHER_MS);
    let tries = 0;
    while (connection.calls.length > 0) {
      next().reject({ code: RATE_LIMIT });
      tries++;
      await settle();
      await clock.advance(120_000);
    }
    expect(tries).toBe(8);
    await connection.lose();
    await connection.online();
    await clock.advance(GATHER_MS);
    expect(next().messages).toEqual([one]);
  });

  test('nothing is reported while read marks are off, nor what waited before', async () => {
    const { connection, clock, store, seen, setting } = await receipts();
    const [before, during] = [inTeam(), inTeam()];
    store.watch(before);
    seen(Infinity);
    setting.isOn = false;
    store.watch(during);
    await clock.advance(GATHER_MS);
    setting.isOn = true;
    await clock.advance(GATHER_MS);
    expect(connection.names()).toEqual([]);
  });

  test('a recalled message is not reported', async () => {
    const { connection, clock, store, seen } = await receipts();
    const one = inTeam();
    store.watch(one);
    seen(one.createTime);
    connection.reportRecall({ messageClientId: one.messageClientId }, 'peer');
    await clock.advance(GATHER_MS);
    expect(connection.names()).toEqual([]);
  });
});

describe('Readers', () => {
  async function page() {
    const connection = new FakeConnection();
    await connection.online();
    const own = mine();
    const readers = new Readers(connection.asConnection(), new FakeClock(), own);
    const answer = async (readAccountList: unknown, unreadAccountList: unknown) => {
      connection
        .next('getTeamMessageReceiptDetail')
        .resolve({ readAccountList, unreadAccountList });
      await settle();
    };
    const heard = (account: string, read: number, unread: number) =>
      connection.emit('message', 'onReceiveTeamMessageReadReceipts', [
        { ...receipt(own, read, unread), latestReadAccount: account },
      ]);
    const lists = () => [readers.read.join(), readers.unread.join()];
    return { connection, readers, answer, heard, lists };
  }

  test('an event moves a reader at once, without a request', async () => {
    const { connection, readers, answer, heard, lists } = await page();
    void readers.load();
    await answer(['a'], ['b', 'c']);
    heard('b', 2, 1);
    heard('b', 2, 1);
    expect(lists()).toEqual(['b,a', 'c']);
    expect(connection.names()).toEqual([]);
  });

  test('an answer that is older than an event keeps the reader; a missed event asks again', async () => {
    const { connection, readers, answer, heard, lists } = await page();
    void readers.load();
    heard('b', 2, 1);
    await answer(['a'], ['b', 'c']);
    expect(lists()).toEqual(['b,a', 'c']);
    await answer(['a', 'b'], ['c']);
    heard('d', 4, 0);
    await answer(['a', 'b', 'c', 'd'], []);
    expect(lists()).toEqual(['a,b,c,d', '']);
    expect(connection.names()).toEqual([]);
  });

  test('a failure keeps the lists, and lists that are none are empty', async () => {
    const { connection, readers, answer, lists } = await page();
    void readers.load();
    connection.next('getTeamMessageReceiptDetail').reject({ code: 108301 });
    await settle();
    expect([readers.isReady, readers.error?.code]).toEqual([false, 108301]);
    void readers.load();
    await answer(undefined, ['b', 7, '']);
    expect([readers.isReady, readers.error, ...lists()]).toEqual([true, null, '', 'b']);
    readers.dispose();
    await connection.lose();
    await connection.online();
    expect(connection.names()).toEqual([]);
  });
});

test('a message that is refused for its receipts is sent without them, and later ones do not ask', async () => {
  const connection = new FakeConnection();
  await connection.online();
  const sender = new ImSender(connection.asConnection(), () => true);
  const one = draft();
  const sending = sender.send(one, TEAM, () => undefined);
  const asked = connection.next('sendMessage');
  expect(asked.args[2]).toEqual({ messageConfig: { readReceiptEnabled: true } });
  asked.reject({ code: DISABLED });
  await settle();
  const again = connection.next('sendMessage');
  expect(again.args[2]).toBeUndefined();
  again.resolve({ message: one });
  expect(await sending).toBe(one);
  void sender.send(draft(), TEAM, () => undefined);
  expect(connection.next('sendMessage').args[2]).toBeUndefined();
});
