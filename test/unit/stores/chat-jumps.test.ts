import fc from 'fast-check';
import type { V2NIMMessage, V2NIMMessageListOption } from '@/sdk/types';
import { settle } from '../fakes/fake-clock';
import { dayText, messageOfDay } from '@/stores/chat/message-of-day';
import { CONVERSATION, message } from './fakes/builders';
import { openChat } from './fakes/chat-stage';

const SEEDS = 500;

async function setUp(count: number) {
  const server = Array.from({ length: count }, (_, i) => stored(i));
  const { connection, chat, shown, push } = await openChat(server);
  connection.answers.set('sendP2PMessageReceipt', () => undefined);
  let requests = 0;
  const answer = connection.answers.get('getMessageList');
  connection.answers.set('getMessageList', (...args: never[]) => {
    requests++;
    return answer?.(...args);
  });
  return {
    server,
    connection,
    chat,
    shown,
    requests: () => requests,
    push: async () => {
      const next = stored(server.length);
      server.push(next);
      await push(next);
    },
  };
}

type Stage = Awaited<ReturnType<typeof setUp>>;

function stored(i: number): V2NIMMessage {
  // Three messages share each millisecond.
  const createTime = 10_000 + Math.floor(i / 3);
  return message({ text: `${i}`, createTime, messageServerId: `${700_000 + i}` });
}

/** The shown messages are neighbours in the server's order: no gap, no double. */
function expectNeighbours({ shown, server }: Pick<Stage, 'shown' | 'server'>): void {
  const texts = shown();
  const start = server.findIndex(({ text }) => text === texts[0]);
  expect(texts).toEqual(server.slice(start, start + texts.length).map(({ text }) => text));
}

async function toBothEnds({ chat }: Stage): Promise<void> {
  for (let pages = 0; chat.hasNewer && pages < 100; pages++) await chat.loadNewer();
  for (let pages = 0; chat.hasOlder && pages < 100; pages++) await chat.loadOlder();
}

const at = (stage: Stage, i: number): V2NIMMessage => stage.server[i] as V2NIMMessage;

test('a jump 2,000 messages back asks for two pages and shows the message', async () => {
  const stage = await setUp(2400);
  expect(await stage.chat.jumpTo(at(stage, 400))).toBe(true);
  expect(stage.requests()).toBe(2);
  expect(stage.chat.row(at(stage, 400).messageClientId)?.text).toBe('400');
  expectNeighbours(stage);
  expect(stage.chat).toMatchObject({ hasOlder: true, hasNewer: true, ready: true });
});

test('a jump goes on with newer pages after a page that the server cut short', async () => {
  const stage = await setUp(300);
  const answer = stage.connection.answers.get('getMessageList');
  stage.connection.answers.set('getMessageList', (option: V2NIMMessageListOption) => {
    const page = answer?.(option as never) as V2NIMMessage[];
    return (option.direction as number) === 1 ? page.slice(0, 7) : page;
  });
  await stage.chat.jumpTo(at(stage, 50));
  expect(stage.chat.hasNewer).toBe(true);
  await toBothEnds(stage);
  expect(stage.shown()).toEqual(stage.server.map(({ text }) => text));
});

test('a jump to a message in memory asks for nothing', async () => {
  const stage = await setUp(100);
  await stage.chat.loadOlder();
  const before = stage.requests();
  expect(await stage.chat.jumpTo(at(stage, 60))).toBe(true);
  expect(stage.requests()).toBe(before);
  expectNeighbours(stage);
});

test('a recalled or deleted message is not found, and the view stays', async () => {
  const stage = await setUp(500);
  const [gone] = stage.server.splice(100, 1);
  const before = stage.shown();
  expect(await stage.chat.jumpTo(gone as V2NIMMessage)).toBe(false);
  expect(stage.shown()).toEqual(before);
  expect(stage.chat).toMatchObject({ hasNewer: false, error: null });
});

test('a refused jump throws, and the view stays without an error', async () => {
  const stage = await setUp(500);
  const before = stage.shown();
  stage.connection.answers.set('getMessageList', () => Promise.reject({ code: 192004 }));
  await expect(stage.chat.jumpTo(at(stage, 100))).rejects.toMatchObject({ code: 192004 });
  expect(stage.shown()).toEqual(before);
  expect(stage.chat.error).toBeNull();
});

test('messages that arrive after a jump are counted, and shown at the end of the pages', async () => {
  const stage = await setUp(300);
  await stage.chat.jumpTo(at(stage, 50));
  await stage.push();
  await stage.push();
  expectNeighbours(stage);
  expect(stage.chat.unseen).toBe(2);
  expect(stage.shown()).not.toContain('301');
  await stage.chat.jumpToLatest();
  expectNeighbours(stage);
  expect(stage.shown().slice(-2)).toEqual(['300', '301']);
  expect(stage.chat).toMatchObject({ hasNewer: false, unseen: 0 });
});

test('an own message written after a jump is at the end, after the newest page', async () => {
  const stage = await setUp(300);
  await stage.chat.jumpTo(at(stage, 50));
  stage.chat.sendText('hello');
  await settle();
  expect(stage.shown()).toEqual([...Array.from({ length: 30 }, (_, i) => `${270 + i}`), 'hello']);
});

test('a chat after a jump does not count as read to its end', async () => {
  const stage = await setUp(300);
  await stage.chat.jumpTo(at(stage, 50));
  stage.chat.setAtBottom(true);
  await stage.push();
  expect(stage.chat.unseen).toBe(1);
});

/** Requests that a jump may cost, that to a date with the request for its first message. */
const MOST_REQUESTS = 3;
const START = new Date(2026, 0, 1, 8).getTime();

/** A message every 20 minutes; each third shares its time with the two before it. */
const spread = (i: number) =>
  message({
    text: `${i}`,
    createTime: START + Math.floor(i / 3) * 60 * 60_000,
    messageServerId: `${700_000 + i}`,
  });

/**
 * A server's log behind an SDK that keeps what it has seen: it mixes deleted messages into each page between
 * whose ends they lie. The anchor of a page may be such a message.
 */
async function mixingStage(count: number) {
  const server = Array.from({ length: count }, (_, i) => spread(i));
  const deleted: V2NIMMessage[] = [];
  const { connection, chat, conversations, shown, push } = await openChat(server);
  connection.answers.set('sendP2PMessageReceipt', () => undefined);
  const written = [...server];
  const stage = { server, deleted, connection, chat, conversations, shown, requests: 0 };
  connection.answers.set('getMessageList', (option: V2NIMMessageListOption) => {
    stage.requests++;
    const { anchorMessage, beginTime = 0, endTime = Infinity, limit = 50 } = option;
    const anchor = written.findIndex(
      (one) => one.messageClientId === anchorMessage?.messageClientId,
    );
    const isNewer = option.direction === (1 as number);
    const wanted = server.filter((one) => {
      if (anchor < 0) return one.createTime >= beginTime && one.createTime <= endTime;
      const at = Number(one.text);
      return isNewer ? at > anchor : at < anchor;
    });
    const page = isNewer ? wanted.slice(0, limit) : wanted.slice(-limit);
    const first = Number(page[0]?.text);
    const last = Number(page.at(-1)?.text);
    const ids = new Set([...page, ...deleted].map(({ messageClientId }) => messageClientId));
    const mixed = written
      .slice(first, last + 1)
      .filter(({ messageClientId }) => ids.has(messageClientId));
    return isNewer ? mixed : mixed.reverse();
  });
  return {
    ...stage,
    written,
    requests: () => stage.requests,
    write: () => {
      const next = spread(written.length);
      written.push(next);
      server.push(next);
      return next;
    },
    push,
    /** Deletes the message on another device. */
    remove: async (one: V2NIMMessage) => {
      server.splice(server.indexOf(one), 1);
      deleted.push(one);
      connection.reportDeletion(one);
      await settle();
    },
  };
}

const ACTS = [
  'jump',
  'jump',
  'date',
  'search',
  'older',
  'newer',
  'push',
  'delete',
  'latest',
  'lost',
] as const;
type Act = { act: (typeof ACTS)[number]; to: number };

test(`after any jumps, dates, searches, pages and pushes both ends are reached without a gap or a double`, async () => {
  const acts = fc.array(fc.record<Act>({ act: fc.constantFrom(...ACTS), to: fc.nat(2399) }), {
    minLength: 1,
    maxLength: 12,
  });
  // Most chats are some pages long; some are so long that a jump goes 2,000 messages back.
  const counts = fc.oneof(
    { weight: 24, arbitrary: fc.integer({ min: 1, max: 250 }) },
    { weight: 1, arbitrary: fc.integer({ min: 2000, max: 2400 }) },
  );
  await fc.assert(
    fc.asyncProperty(counts, acts, async (count, all) => {
      const stage = await mixingStage(count);
      const { chat, server, connection, conversations, written } = stage;
      const jumpTo = async (one: V2NIMMessage) => {
        const { messageClientId, createTime } = one;
        const isThere = server.includes(one);
        expect(await chat.jumpTo({ messageClientId, createTime })).toBe(isThere);
        if (isThere) expect(chat.row(messageClientId)?.text).toBe(one.text);
      };
      for (const { act, to } of all) {
        const before = stage.requests();
        const one = server[to % server.length] as V2NIMMessage;
        if (act === 'jump') await jumpTo(one);
        // A search may name a message that was deleted meanwhile.
        if (act === 'search') await jumpTo(written[to % written.length] as V2NIMMessage);
        if (act === 'date') {
          const day = dayText(one.createTime);
          const found = await messageOfDay(
            { connection: connection.asConnection(), conversations } as never,
            CONVERSATION,
            day,
          );
          expect(found).toBe(server.find(({ createTime }) => dayText(createTime) === day));
          await jumpTo(found as V2NIMMessage);
        }
        if (['jump', 'search', 'date'].includes(act))
          expect(stage.requests() - before).toBeLessThanOrEqual(MOST_REQUESTS);
        if (act === 'older') await chat.loadOlder();
        if (act === 'newer') await chat.loadNewer();
        if (act === 'push') await stage.push(stage.write());
        if (act === 'delete' && server.length > 1) await stage.remove(one);
        if (act === 'latest') await chat.jumpToLatest();
        if (act === 'lost') {
          await connection.lose();
          stage.write();
          await connection.online();
          await settle();
        }
        expectNeighbours(stage);
      }
      for (let pages = 0; chat.hasNewer && pages < 100; pages++) await chat.loadNewer();
      expect(chat.hasNewer).toBe(false);
      expectNeighbours(stage);
      expect(stage.shown().at(-1)).toBe(server.at(-1)?.text);
      for (let pages = 0; chat.hasOlder && pages < 100; pages++) await chat.loadOlder();
      expect(chat.hasOlder).toBe(false);
      expectNeighbours(stage);
      // The window holds 1,500 rows at most.
      if (server.length <= 1000) expect(stage.shown()).toEqual(server.map(({ text }) => text));
      else expect(stage.shown()[0]).toBe(server[0]?.text);
    }),
    { numRuns: SEEDS },
  );
}, 60_000);

test('an opening chat whose first jump is refused or leads to nothing opens at its end', async () => {
  const log = Array.from({ length: 100 }, (_, i) => spread(i));
  for (const isRefused of [true, false]) {
    const { connection, messages, chat: open, shown } = await openChat(log);
    open.close();
    const answer = connection.answers.get('getMessageList');
    const chat = messages.open(CONVERSATION);
    if (isRefused) {
      connection.answers.set('getMessageList', () => Promise.reject({ code: 192004 }));
      await expect(chat.jumpTo(log[5] as V2NIMMessage)).rejects.toMatchObject({ code: 192004 });
      connection.answers.set('getMessageList', (...args: never[]) => answer?.(...args));
      await chat.loadOlder();
    } else expect(await chat.jumpTo(message({ createTime: START + 5 }))).toBe(false);
    await settle();
    expect(chat.ready).toBe(true);
    expect(chat.history[0]?.text).toBe('99');
    expect(shown()).toEqual([]);
  }
});
