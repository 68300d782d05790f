import type { Chat } from '@/stores';
import type { StoredMessage } from '../../emulator';
import { seededRandom } from '../../emulator/faults/random';
import { type BareSdk, type Client, rowsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const SEEDS = 6;
const COUNT = 330;
const CHAT = 'anna|1|ben';

/** The server's log of the chat between Anna and Ben, oldest first. */
class Log {
  readonly alive: StoredMessage[] = [];
  private written = 0;

  push(): StoredMessage {
    const text = `${this.written++}`;
    const message = world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text });
    this.alive.push(message);
    return message;
  }

  /** Takes out a message at random. */
  take(at: number): StoredMessage {
    const [message] = this.alive.splice(at, 1);
    if (!message) throw new Error('nothing to take out');
    return message;
  }

  get texts(): string[] {
    return this.alive.map(({ text }) => text);
  }
}

const placeOf = ({ messageClientId, createTime }: StoredMessage) => ({
  messageClientId,
  createTime,
});

async function toBothEnds(chat: Chat): Promise<void> {
  for (let pages = 0; chat.hasNewer && pages < 100; pages++) await chat.loadNewer();
  for (let pages = 0; chat.hasOlder && pages < 100; pages++) await chat.loadOlder();
}

async function deleteOn({ nim }: BareSdk, messages: readonly StoredMessage[]): Promise<void> {
  const { V2NIMMessageService: service } = nim;
  const [first] = messages;
  const page = await service.getMessageList({
    conversationId: CHAT,
    limit: 100,
    beginTime: (first?.createTime ?? 1) - 1,
    direction: 1,
  });
  const ids = new Set(messages.map(({ messageClientId }) => messageClientId));
  await service.deleteMessages(
    page.filter(({ messageClientId }) => ids.has(messageClientId)),
    '',
  );
  expect(page.length).toBeGreaterThanOrEqual(messages.length);
}

async function relink({ wx, root }: Client, meanwhile: () => void): Promise<void> {
  wx.network.set(false);
  await waitFor(() => !root.connection.isOnline, { what: 'the lost link' });
  meanwhile();
  wx.network.set(true);
  await waitFor(() => root.connection.isOnline, { what: 'the link' });
}

/** The texts of a chat, oldest first, without what recalled messages leave behind. */
const shown = (chat: Chat) =>
  rowsOf(chat)
    .filter(({ recalled }) => !recalled)
    .map(({ text }) => text);

/** Checks that the shown messages are neighbours in the server's log: no gap, no double. */
function checkNeighbours(chat: Chat, log: Log): void {
  const texts = shown(chat);
  const start = log.texts.indexOf(texts[0] ?? '');
  expect(texts).toEqual(log.texts.slice(start, start + texts.length));
}

async function play(seed: number, isKnown: boolean): Promise<void> {
  const random = seededRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const log = new Log();
  const { world: server } = world.emulator;
  for (let i = 0; i < COUNT; i++) log.push();
  // The SDK keeps the messages of the offline sync in its memory, and mixes them into pages of the server.
  if (!isKnown) server.mailbox('anna').offline = [];
  const anna = await world.online('anna');
  const tablet = await world.bare('anna');
  const chat = await anna.chatWith('ben');
  await chat.jumpTo(placeOf(log.alive[pick(COUNT)] as StoredMessage));
  for (let step = 0; step < 14; step++) {
    const act = pick(8);
    if (act <= 1) {
      const target = log.alive[pick(log.alive.length)] as StoredMessage;
      expect(await chat.jumpTo(placeOf(target))).toBe(true);
      expect(shown(chat)).toContain(target.text);
    }
    if (act === 2) await chat.loadOlder();
    if (act === 3) await chat.loadNewer();
    if (act === 4) {
      const { text } = log.push();
      await waitFor(() => anna.account.conversations.get(CHAT)?.preview.text === text, {
        what: 'the push',
      });
    }
    if (act === 5) {
      const gone = log.take(pick(log.alive.length));
      server.recall(gone, { operatorId: 'ben' });
      await waitFor(() => !shown(chat).includes(gone.text), { what: 'the recall' });
      // The row of a recalled message stays, and can be shown; a message out of memory is gone.
      await chat.jumpTo(placeOf(gone));
    }
    if (act === 6) await relink(anna, () => void log.push());
    if (act === 7) {
      // Anna's other device deletes neighbours: a page of the server has fewer messages than its limit.
      const from = pick(log.alive.length - 20);
      const gone = Array.from({ length: 1 + pick(20) }, () => log.take(from));
      await deleteOn(tablet, gone);
      await waitFor(() => !gone.some(({ text }) => shown(chat).includes(text)), {
        what: 'the deletions',
      });
    }
    if (act === 6 && !chat.hasNewer)
      await waitFor(() => shown(chat).at(-1) === log.texts.at(-1), { what: 'the missed message' });
    checkNeighbours(chat, log);
  }
  await toBothEnds(chat);
  expect(shown(chat)).toEqual(log.texts);
}

describe('jumps, pages, pushes, recalls and lost links leave no gap and no double', () => {
  const seeds = Array.from({ length: SEEDS }, (_, i) => i + 1);
  test.each(seeds)('with messages that the SDK does not know (seed %d)', async (seed) => {
    await play(seed, false);
  });
  test.each(seeds)('with messages that the SDK has in its memory (seed %d)', async (seed) => {
    await play(seed, true);
  });
});
