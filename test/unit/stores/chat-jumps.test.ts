import fc from 'fast-check';
import type { V2NIMMessage, V2NIMMessageListOption } from '@/sdk/types';
import { settle } from '../fakes/fake-clock';
import { message } from './fakes/builders';
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
function expectNeighbours({ shown, server }: Stage): void {
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

type Act = { act: 'jump' | 'older' | 'newer' | 'push' | 'latest' | 'lost'; to: number };

test(`after any jumps, pages and pushes both ends are reached without a gap or a double`, async () => {
  const acts = fc.array(
    fc.record<Act>({
      act: fc.constantFrom('jump', 'jump', 'older', 'newer', 'push', 'latest', 'lost'),
      to: fc.nat(599),
    }),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 600 }), acts, async (count, all) => {
      const stage = await setUp(count);
      const { chat, server, connection, push } = stage;
      for (const { act, to } of all) {
        if (act === 'jump') expect(await chat.jumpTo(at(stage, to % server.length))).toBe(true);
        if (act === 'older') await chat.loadOlder();
        if (act === 'newer') await chat.loadNewer();
        if (act === 'push') await push();
        if (act === 'latest') await chat.jumpToLatest();
        if (act === 'lost') {
          await connection.lose();
          server.push(stored(server.length));
          await connection.online();
          await settle();
        }
        expectNeighbours(stage);
      }
      await toBothEnds(stage);
      expect(stage.shown()).toEqual(server.map(({ text }) => text));
    }),
    { numRuns: SEEDS },
  );
}, 60_000);
