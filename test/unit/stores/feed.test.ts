import type { EngineMessage } from '@/stores/messages/entry';
import { Feed, type FeedSource, type FeedWindow, type Page } from '@/stores/messages/feed';
import { settle } from '../fakes/fake-clock';
import { message } from './fakes/builders';

type Ask = keyof FeedSource<EngineMessage>;

const texts = (messages: readonly EngineMessage[]) => messages.map(({ text }) => text ?? '');
const said = (...all: string[]) => all.map((text) => message({ text }));

/** A feed of texts whose pages are in the hands of the test. */
class TextFeed extends Feed<EngineMessage> {
  /** Messages in memory, oldest first, and the part of them in the window. */
  memory: string[] = [];
  from = 0;
  to = 0;
  readonly requests: { ask: Ask; answer: (page: Page<EngineMessage> | Error) => void }[] = [];
  protected readonly source: FeedSource<EngineMessage>;
  protected readonly content: FeedWindow;

  constructor() {
    super();
    const ask = (what: Ask) => () =>
      new Promise<Page<EngineMessage>>((resolve, reject) => {
        const answer = (page: Page<EngineMessage> | Error) =>
          page instanceof Error ? reject(page) : resolve(page);
        this.requests.push({ ask: what, answer });
      });
    this.source = { newest: ask('newest'), older: ask('older'), newer: ask('newer') };
    const showsOldest = () => this.from === 0;
    const showsNewest = () => this.to === this.memory.length;
    this.content = {
      get showsOldest() {
        return showsOldest();
      },
      get showsNewest() {
        return showsNewest();
      },
      extendOlder: () => void (this.from = Math.max(0, this.from - 2)),
      extendNewer: () => (this.to = Math.min(this.memory.length, this.to + 2)),
      showNewest: () => {
        this.to = this.memory.length;
        this.from = Math.max(0, this.to - 2);
      },
    };
  }

  get shown(): string[] {
    return this.memory.slice(this.from, this.to);
  }

  async begin(): Promise<void> {
    await this.loadLatest();
  }

  push(...all: string[]): boolean {
    return this.defer(said(...all));
  }

  /** The memory is full: newer messages are left on the server. */
  detach(): void {
    this.detached = true;
    this.updateEdges();
  }

  protected override beginWith(messages: readonly EngineMessage[]): void {
    this.memory = texts(messages);
    this.content.showNewest();
  }

  protected override addOlder(messages: readonly EngineMessage[]): void {
    this.memory.unshift(...texts(messages));
    this.to += messages.length;
  }

  protected override addNewer(messages: readonly EngineMessage[]): void {
    this.memory.push(...texts(messages));
  }

  protected override join(messages: readonly EngineMessage[]): void {
    this.addNewer(messages);
    this.content.extendNewer();
  }
}

const page = (hasMore: boolean, ...all: string[]) => ({ messages: said(...all), hasMore });

async function answer(feed: TextFeed, ask: Ask, page: Page<EngineMessage> | Error): Promise<void> {
  const request = feed.requests.shift();
  expect(request?.ask).toBe(ask);
  request?.answer(page);
  await settle();
}

async function begun(): Promise<TextFeed> {
  const feed = new TextFeed();
  void feed.begin();
  await answer(feed, 'newest', page(true, 'a', 'b', 'c'));
  return feed;
}

describe('Feed', () => {
  test('older rows come from memory first, then from the server, until there are no more', async () => {
    const feed = await begun();
    expect([feed.shown, feed.hasOlder, feed.hasNewer]).toEqual([['b', 'c'], true, false]);
    await feed.loadOlder();
    expect([feed.shown, feed.requests]).toEqual([['a', 'b', 'c'], []]);
    void feed.loadOlder();
    expect(feed.loading).toBe('older');
    void feed.loadOlder();
    await answer(feed, 'older', page(false, '1', '2'));
    expect(feed.requests).toEqual([]);
    expect([feed.shown, feed.hasOlder]).toEqual([['1', '2', 'a', 'b', 'c'], false]);
  });

  test('an older page that arrives after a reload of the newest page is ignored', async () => {
    const feed = await begun();
    await feed.loadOlder();
    void feed.loadOlder();
    const late = feed.requests.shift();
    void feed.begin();
    await answer(feed, 'newest', page(true, 'x', 'y'));
    late?.answer(page(false, '1', '2'));
    await settle();
    expect([feed.memory, feed.hasOlder, feed.loading]).toEqual([['x', 'y'], true, null]);
  });

  test('messages that arrive while the newest page is loaded follow it', async () => {
    const feed = new TextFeed();
    void feed.begin();
    expect(feed.push('d')).toBe(true);
    await answer(feed, 'newest', page(true, 'a', 'b'));
    expect([feed.memory, feed.ready]).toEqual([['a', 'b', 'd'], true]);
    expect(feed.push('e')).toBe(false);
  });

  test('a failed page leaves what is shown, and tells why', async () => {
    const feed = await begun();
    await feed.loadOlder();
    void feed.loadOlder();
    await answer(feed, 'older', Object.assign(new Error('no'), { code: 192003 }));
    expect(feed.error?.code).toBe(192003);
    expect([feed.shown, feed.hasOlder, feed.loading]).toEqual([['a', 'b', 'c'], true, null]);
  });

  test('detached, newer rows come from the server, and the jump loads the newest page', async () => {
    const feed = await begun();
    feed.detach();
    expect(feed.hasNewer).toBe(true);
    void feed.loadNewer();
    expect(feed.push('lost')).toBe(true);
    await answer(feed, 'newer', page(true, 'd'));
    expect(feed.memory).toEqual(['a', 'b', 'c', 'd', 'lost']);
    void feed.jumpToLatest();
    await answer(feed, 'newest', page(true, 'y', 'z'));
    expect([feed.shown, feed.hasNewer]).toEqual([['y', 'z'], false]);
  });

  test('after dispose no page is used', async () => {
    const feed = await begun();
    await feed.loadOlder();
    void feed.loadOlder();
    feed.dispose();
    await answer(feed, 'older', page(false, '1'));
    await feed.begin();
    expect([feed.memory, feed.requests]).toEqual([['a', 'b', 'c'], []]);
  });
});
