import { runInAction } from 'mobx';
import type { V2NIMMessage } from '@/sdk/types';
import { ChatContent } from '@/stores/chat-content';
import { atLeast, atMost, best, type Figure } from './figures';
import { unloadedNow } from './stopwatch';
import { UiKitStore } from './ui-kit-store';

const CONVERSATION = 'anna|1|ben';
const LARGEST = 20_000;
const SIZES = [100, 1000, 5000, LARGEST];
/** Theirs is quadratic: 20,000 would take ten minutes. */
const THEIR_LIMIT = 5000;
const TURNS = 25;
const LUCKY = 500;

interface Store {
  readonly size: number;
  add(messages: readonly V2NIMMessage[]): void;
}

/** One by one and in one batch into the open conversation, beside the vendor's UI-kit store. */
export async function benchStore(): Promise<Figure[]> {
  const messages = talk(LARGEST);
  for (let i = 0; i < 3; i++) one(ours(), messages.slice(0, 2000));
  const single = leastOf(one, messages);
  const batch = leastOf(all, messages);
  const theirs = new Map(
    SIZES.filter((size) => size <= THEIR_LIMIT).map((size) => [
      size,
      { single: one(kit(), talk(size)), batch: all(kit(), talk(size)) },
    ]),
  );
  const at = (map: Map<number, number>, size: number) => map.get(size) ?? Number.NaN;
  const their5000 = theirs.get(THEIR_LIMIT)?.single ?? Number.NaN;
  const speedup = their5000 / at(single, THEIR_LIMIT);
  const growth = (of1000: number) =>
    Math.round((Math.log(at(single, LARGEST) / of1000) / Math.log(LARGEST / 1000)) * 1000) / 1000;
  const luckiest = best(Array.from({ length: LUCKY }, () => one(ours(), messages.slice(0, 1000))));
  const list = (map: Map<number, number>) =>
    [...map].map(([size, ms]) => `${size}: ${ms.toFixed(1)} ms`).join(', ');
  return [
    atLeast('store.speedup', Math.round(speedup), 100, {
      note: `5,000 one by one: ${at(single, THEIR_LIMIT).toFixed(0)} ms; im-store-v2 ${their5000.toFixed(0)} ms`,
    }),
    atMost('store.exponent', growth(at(single, 1000)), 1.1, {
      note: `one by one ${list(single)}; against the luckiest 1,000 of ${LUCKY} ${growth(luckiest)}`,
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

function one(store: Store, messages: readonly V2NIMMessage[]): number {
  const started = unloadedNow();
  for (const message of messages) store.add([message]);
  return finished(store, messages.length, started);
}

function all(store: Store, messages: readonly V2NIMMessage[]): number {
  const started = unloadedNow();
  store.add(messages);
  return finished(store, messages.length, started);
}

function finished(store: Store, count: number, started: number): number {
  const ms = unloadedNow() - started;
  if (store.size !== count) throw new Error(`${store.size} of ${count} messages are in the store`);
  return ms;
}

/**
 * Of each size the time for one store in ms, the least of all turns. The sizes take turns, and in each turn as
 * many stores are filled, one after the other, as make 20,000 messages: a span of one store of 1,000 would
 * end before the garbage collector's first pause, and the luckiest of them is luckier than a long span can be.
 */
function leastOf(
  measure: (store: Store, messages: readonly V2NIMMessage[]) => number,
  messages: readonly V2NIMMessage[],
): Map<number, number> {
  const times = new Map(SIZES.map((size): [number, number[]] => [size, []]));
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [size, found] of times) {
      const some = messages.slice(0, size);
      let ms = 0;
      for (let filled = 0; filled < LARGEST; filled += size) ms += measure(ours(), some);
      found.push((ms * size) / LARGEST);
    }
  }
  return new Map([...times].map(([size, found]) => [size, best(found)]));
}

/** Made before the clock starts, and settled: what the collector does with them is not the store's time. */
function talk(count: number): V2NIMMessage[] {
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
