import { runInAction } from 'mobx';
import type { V2NIMMessage } from '@/sdk/types';
import { ChatContent } from '@/stores/chat/chat-content';
import { atLeast, atMost, best, type Figure, median, ratio } from './figures';
import { unloadedNow } from './stopwatch';
import { UiKitStore } from './ui-kit-store';

const CONVERSATION = 'anna|1|ben';
const LARGEST = 20_000;
const SIZES = [100, 1000, 5000, LARGEST];
/** Number of messages for the vendor's store, which is quadratic: 20,000 messages would take ten minutes. */
const THEIR_LIMIT = 5000;
const TURNS = 25;
const SHORT_SPANS = 500;
/** Messages in memory: after reading far back, and as many as fill the window (1,000 rows and 500 of slack). */
const DEEP = 10_000;
const FULL = 1_600;
const BURST = 200;

interface Store {
  readonly size: number;
  add(messages: readonly V2NIMMessage[]): void;
}

/** Measures messages singly and in a batch into the open conversation, beside the vendor's UI-kit store. */
export async function benchStore(): Promise<Figure[]> {
  const messages = createMessages(LARGEST);
  for (let i = 0; i < 3; i++) addSingly(ours(), messages.slice(0, 2000));
  const singleTurns = turnsOf(addSingly, messages);
  const single = leastOf(singleTurns);
  const batch = leastOf(turnsOf(addBatch, messages));
  const theirs = new Map(
    SIZES.filter((size) => size <= THEIR_LIMIT).map((size) => [
      size,
      {
        single: addSingly(kit(), createMessages(size)),
        batch: addBatch(kit(), createMessages(size)),
      },
    ]),
  );
  const at = (map: Map<number, number>, size: number) => map.get(size) ?? Number.NaN;
  const their5000 = theirs.get(THEIR_LIMIT)?.single ?? Number.NaN;
  const speedup = their5000 / at(single, THEIR_LIMIT);
  const bestShort = best(
    Array.from({ length: SHORT_SPANS }, () => addSingly(ours(), messages.slice(0, 1000))),
  );
  const deep = growthOfDepth(messages);
  const list = (map: Map<number, number>) =>
    [...map].map(([size, ms]) => `${size}: ${ms.toFixed(1)} ms`).join(', ');
  return [
    atLeast('store.speedup', Math.round(speedup), 100, {
      note: `5,000 singly: ${at(single, THEIR_LIMIT).toFixed(0)} ms; im-store-v2 ${their5000.toFixed(0)} ms`,
    }),
    atMost('store.exponent', exponentOf(singleTurns), 1.1, {
      note: `singly ${list(single)}; the least times give ${growth(at(single, LARGEST), at(single, 1000))}, against the best 1,000 of ${SHORT_SPANS} ${growth(at(single, LARGEST), bestShort)}`,
    }),
    atMost('store.depth', deep, 1.3, {
      note: `${BURST} messages singly into a chat with ${DEEP} in memory, over a chat with ${FULL}, both windows full`,
    }),
    atLeast(
      'store.batchSpeedup',
      Math.round((theirs.get(THEIR_LIMIT)?.batch ?? Number.NaN) / at(batch, THEIR_LIMIT)),
      3,
      {
        note: `one batch ${list(batch)}; im-store-v2 ${list(new Map([...theirs].map(([size, { batch: ms }]) => [size, ms])))}`,
      },
    ),
  ];
}

function ours(): Store {
  const content = new ChatContent(() => undefined);
  return {
    get size() {
      return content.size;
    },
    add: (messages) => runInAction(() => void content.receive(messages, 0)),
  };
}

const kit = (): Store => new UiKitStore(CONVERSATION);

function addSingly(store: Store, messages: readonly V2NIMMessage[]): number {
  const started = unloadedNow();
  for (const message of messages) store.add([message]);
  return finished(store, messages.length, started);
}

function addBatch(store: Store, messages: readonly V2NIMMessage[]): number {
  const started = unloadedNow();
  store.add(messages);
  return finished(store, messages.length, started);
}

function finished(store: Store, count: number, started: number): number {
  const ms = unloadedNow() - started;
  if (store.size !== count) throw new Error(`${store.size} of ${count} messages are in the store`);
  return ms;
}

/** Times of a store of each size, ms, turn by turn. */
type Turns = ReadonlyMap<number, readonly number[]>;

/**
 * Fills stores of each size in turns. The sizes alternate. Each turn fills as many stores in sequence as make 20,000
 * messages: the span of a single store of 1,000 would end before the garbage collector's first pause, and the best
 * short span is better than a long span can be.
 */
function turnsOf(
  measure: (store: Store, messages: readonly V2NIMMessage[]) => number,
  messages: readonly V2NIMMessage[],
): Turns {
  const times = new Map(SIZES.map((size): [number, number[]] => [size, []]));
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [size, found] of times) {
      const some = messages.slice(0, size);
      let ms = 0;
      for (let filled = 0; filled < LARGEST; filled += size) ms += measure(ours(), some);
      found.push((ms * size) / LARGEST);
    }
  }
  return times;
}

function leastOf(turns: Turns): Map<number, number> {
  return new Map([...turns].map(([size, found]) => [size, best(found)]));
}

/** The exponent of the growth from 1,000 to 20,000 messages. */
function growth(ofLargest: number, of1000: number): number {
  return Math.round((Math.log(ofLargest / of1000) / Math.log(LARGEST / 1000)) * 1000) / 1000;
}

/**
 * The median of the turns' exponents: the two sizes of a turn are measured within 0.3 s, on a machine that is as busy
 * for the one as for the other. Least times of different turns gave 1.07 to 1.15 beside four busy loops where this
 * median gave 1.03.
 */
function exponentOf(turns: Turns): number {
  const short = turns.get(1000) ?? [];
  return median(
    (turns.get(LARGEST) ?? []).map((ms, turn) => growth(ms, short[turn] ?? Number.NaN)),
  );
}

/**
 * Compares bursts into a chat with its whole history in memory with bursts into a chat whose window is as full, in
 * turns in the same process; the least time of each.
 */
function growthOfDepth(messages: readonly V2NIMMessage[]): number {
  const chats = [DEEP, FULL].map((size) => {
    const store = ours();
    store.add(messages.slice(0, size));
    return { store, size, times: [] as number[] };
  });
  for (let turn = 0; turn < TURNS; turn++)
    for (const chat of chats) {
      const burst = messages.slice(chat.size, chat.size + BURST);
      const started = unloadedNow();
      for (const message of burst) chat.store.add([message]);
      chat.times.push(unloadedNow() - started);
      chat.size += BURST;
    }
  const [deep, full] = chats.map(({ times }) => best(times));
  return ratio(deep ?? Number.NaN, full ?? Number.NaN);
}

/** Creates the messages before the clock starts, so that their collection is not counted. */
function createMessages(count: number): V2NIMMessage[] {
  const start = 1_700_000_000_000;
  return Array.from({ length: count }, (_, i) => ({
    messageClientId: `client-${i}`,
    messageServerId: String(1_000_000 + i),
    conversationId: CONVERSATION,
    conversationType: 1,
    senderId: i % 2 ? 'anna' : 'ben',
    receiverId: i % 2 ? 'ben' : 'anna',
    isSelf: i % 2 === 1,
    createTime: start + i * 1000,
    messageType: 0,
    sendingState: 1,
    messageStatus: { errorCode: 200 },
    text: `A message of everyday length, number ${i}`,
  })) as unknown as V2NIMMessage[];
}
