import { runInAction } from 'mobx';
import type { V2NIMMessage } from '@/sdk/types';
import { ChatContent } from '@/stores/chat-content';
import { atLeast, atMost, best, type Figure } from './figures';
import { UiKitStore } from './ui-kit-store';

const CONVERSATION = 'anna|1|ben';
const LARGEST = 20_000;
const SIZES = [100, 1000, 5000, LARGEST];
/** Theirs is quadratic: 20,000 would take ten minutes. */
const THEIR_LIMIT = 5000;
const RUNS = 9;

interface Store {
  readonly size: number;
  add(messages: readonly V2NIMMessage[]): void;
}

/** One by one and in one batch into the open conversation, beside the vendor's UI-kit store. */
export async function benchStore(): Promise<Figure[]> {
  warmUp();
  const single = leastOf(one, { together: true });
  const batch = leastOf(all, { together: true });
  const alone = leastOf(one, { together: false });
  const theirs = new Map(
    SIZES.filter((size) => size <= THEIR_LIMIT).map((size) => [
      size,
      { single: one(kit(), size), batch: all(kit(), size) },
    ]),
  );
  const at = (map: Map<number, number>, size: number) => map.get(size) ?? Number.NaN;
  const their5000 = theirs.get(THEIR_LIMIT)?.single ?? Number.NaN;
  const speedup = their5000 / at(single, THEIR_LIMIT);
  const exponentOf = (map: Map<number, number>) =>
    Math.round((Math.log(at(map, LARGEST) / at(map, 1000)) / Math.log(LARGEST / 1000)) * 100) / 100;
  const list = (map: Map<number, number>) =>
    [...map].map(([size, ms]) => `${size}: ${ms.toFixed(1)} ms`).join(', ');
  return [
    atLeast('store.speedup', Math.round(speedup), 100, {
      note: `5,000 one by one: ${at(single, THEIR_LIMIT).toFixed(0)} ms; im-store-v2 ${their5000.toFixed(0)} ms`,
    }),
    atMost('store.exponent', exponentOf(single), 1.1, {
      note: `one by one ${list(single)}; one store alone, pauses of the collector included, ${exponentOf(alone)}`,
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

function one(store: Store, count: number): number {
  const messages = talk(count);
  const started = performance.now();
  for (const message of messages) store.add([message]);
  return finished(store, count, started);
}

function all(store: Store, count: number): number {
  const messages = talk(count);
  const started = performance.now();
  store.add(messages);
  return finished(store, count, started);
}

function finished(store: Store, count: number, started: number): number {
  const ms = performance.now() - started;
  if (store.size !== count) throw new Error(`${store.size} of ${count} messages are in the store`);
  return ms;
}

function warmUp(): void {
  for (let i = 0; i < 3; i++) one(ours(), 2000);
}

/**
 * The least of each size, in ms for one store. The sizes take turns: what else the machine does meets all of
 * them. `together`: as many stores are filled as make 20,000 messages, and all are kept, so that the garbage
 * collector has as much to do at every size; alone, a store of 1,000 is full before its first pause.
 */
function leastOf(
  measure: (store: Store, size: number) => number,
  { together }: { together: boolean },
): Map<number, number> {
  const times = new Map(SIZES.map((size): [number, number[]] => [size, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const [size, found] of times) {
      const stores = Array.from({ length: together ? LARGEST / size : 1 }, ours);
      found.push(stores.reduce((ms, store) => ms + measure(store, size), 0) / stores.length);
    }
  }
  return new Map([...times].map(([size, found]) => [size, best(found)]));
}

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
