import type { Page } from 'playwright-core';
import { Finger } from './finger';
import { chatRoute, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** Distance of the finger's movement, and minimum distance that the list must follow, px. */
const DRAG = 300;
const FOLLOWED = 220;
const SPEEDS = [480, 2000] as const;
const PACES = [5, 20, 50] as const;

interface Place {
  readonly name: string;
  readonly listId: string;
  /** Where the finger goes down, px from the top: inside the list. */
  readonly from: number;
  /** Opens the page with some history; `say` sends a message as another user. */
  open(key: string): Promise<{ page: Page; errors: string[]; say: (text: string) => void }>;
}

function reader(key: string): string {
  const accountId = `reader-${key}`;
  stage.emulator.world.addAccount({ accountId, name: accountId, token: `token-${accountId}` });
  return accountId;
}

const CHAT: Place = {
  name: 'a chat',
  listId: 'messages',
  from: 300,
  open: async (key) => {
    const { world } = stage.emulator;
    const from = `writer-${key}`;
    const to = reader(key);
    world.addAccount({ accountId: from, name: from });
    const say = (text: string) => void world.sendMessage({ from, to, text });
    for (let i = 0; i < 60; i++) say(`before ${i}`);
    const { page, errors } = await stage.phone(to, { route: chatRoute(to, from) });
    return { page, errors, say };
  },
};

async function openRoom(roomId: string, liveUrl = ''): ReturnType<Place['open']> {
  const { rooms, world } = stage.emulator;
  const accountId = reader(`room-${roomId}`);
  const writer = `talker-${roomId}`;
  world.addAccount({ accountId: writer, name: writer });
  rooms.addRoom({ roomId, roomName: 'Talk', liveUrl });
  const say = (text: string) => void rooms.sendAs(roomId, writer, text);
  for (let i = 0; i < 60; i++) say(`before ${i}`);
  const { page, errors } = await stage.phone(accountId, {
    route: `/packages/chatroom/room/index?roomId=${roomId}`,
  });
  return { page, errors, say };
}

const ROOM: Place = {
  name: 'a room',
  listId: 'room-messages',
  from: 300,
  open: (key) => openRoom(`77${key}`),
};

const ROOM_WITH_VIDEO: Place = {
  name: 'a room whose live video plays',
  listId: 'room-messages',
  // The video is above the list.
  from: 440,
  open: async (key) => {
    const { origin } = new URL(stage.emulator.url);
    const opened = await openRoom(`78${key}`, `${origin}/samples/walk.mp4`);
    const { page } = opened;
    await page.locator('.live-card').tap();
    await page.locator('video').evaluate((video: HTMLVideoElement) => (video.loop = true));
    return opened;
  },
};

/** Measurements of the visible part of the list. */
interface Sight {
  /** Distance between the lower edge of the list and its end, px. */
  rest: number;
  /** Position of the marked bubble on the screen; null when the bubble is not rendered. */
  marked: number | null;
  newest: string;
  unseen: number;
}

/** Measures the list. Runs in the page. */
function look(listId: string): Sight {
  const list = document.getElementById(listId);
  if (!list) throw new Error('no list');
  const marked = document.querySelector('[data-marked]');
  const bubbles = [...list.querySelectorAll('.msg .bubble')].map((node) => {
    return { text: node.textContent ?? '', top: node.getBoundingClientRect().top };
  });
  const newest = bubbles.reduce((low, one) => (one.top > low.top ? one : low), {
    text: '',
    top: -Infinity,
  });
  const pill = document.querySelector('.pill');
  return {
    rest: list.scrollHeight - list.scrollTop - list.clientHeight,
    marked: marked && marked.getBoundingClientRect().top,
    newest: newest.text,
    unseen: Number(/\d+/.exec(pill?.textContent ?? '')?.[0] ?? 0),
  };
}

/** Marks the bubble in the middle of the list. Runs in the page. */
function mark(listId: string): void {
  const list = document.getElementById(listId);
  if (!list) throw new Error('no list');
  document.querySelector('[data-marked]')?.removeAttribute('data-marked');
  const { top, height } = list.getBoundingClientRect();
  const middle = top + height / 2;
  const far = (node: Element) => Math.abs(node.getBoundingClientRect().top - middle);
  const [nearest] = [...list.querySelectorAll('.msg .bubble')].sort((a, b) => far(a) - far(b));
  nearest?.setAttribute('data-marked', '');
}

class Talk {
  private said = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly page: Page,
    private readonly listId: string,
    private readonly say: (text: string) => void,
  ) {}

  /** Starts to send this many messages per second. */
  begin(perSecond: number): void {
    const started = performance.now();
    this.timer = setInterval(
      () => {
        const due = ((performance.now() - started) / 1000) * perSecond;
        for (let i = this.said; i < due; i++) this.say(`said ${this.said++}.`);
      },
      Math.min(50, 1000 / perSecond),
    );
  }

  end(): void {
    clearInterval(this.timer);
  }

  sight(): Promise<Sight> {
    return this.page.evaluate(look, this.listId);
  }

  /** Waits until the visible part of the list satisfies the condition. */
  async until(what: string, holds: (sight: Sight) => boolean): Promise<Sight> {
    let sight = await this.sight();
    for (const started = Date.now(); !holds(sight); sight = await this.sight()) {
      if (Date.now() - started > 10_000)
        throw new Error(`not seen: ${what}; ${JSON.stringify(sight)}`);
      await this.frame();
    }
    return sight;
  }

  /** Resolves when the list has stopped moving; rows that are added below do not count. */
  async still(): Promise<Sight> {
    let before = await this.sight();
    for (let frames = 0; frames < 6;) {
      await this.frame();
      const now = await this.sight();
      frames = now.marked === before.marked ? frames + 1 : 0;
      before = now;
    }
    return before;
  }

  /** Expects the end of the list to stay on the screen while this many messages appear. */
  async follows(messages: number): Promise<void> {
    const first = numberOf((await this.until('the end', ({ rest }) => rest <= 2)).newest);
    await this.until(`${messages} messages at the end`, ({ newest, rest }) => {
      expect(rest).toBeLessThanOrEqual(2);
      return numberOf(newest) >= first + messages;
    });
  }

  async mark(): Promise<number> {
    await this.page.evaluate(mark, this.listId);
    return (await this.sight()).marked ?? NaN;
  }

  private async frame(): Promise<void> {
    await this.page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

const numberOf = (text: string) => Number(/said (\d+)/.exec(text)?.[1] ?? -1);

/** The messages of the running test; they end with the test, also when the test fails. */
let talk: Talk | undefined;
afterEach(() => talk?.end());

describe.each([CHAT, ROOM, ROOM_WITH_VIDEO])(
  '$name with many new messages',
  ({ open, listId, from }) => {
    test.each(PACES)(
      'at %i a second: a finger scrolls up, the list stays there, and follows the end again afterwards',
      async (pace) => {
        const { page, errors, say } = await open(String(pace));
        await page.locator('.bubble', { hasText: 'before 59' }).waitFor();
        await page.locator('.composer-field textarea').waitFor();
        const finger = await Finger.on(page);
        talk = new Talk(page, listId, say);
        talk.begin(pace);
        for (const speed of SPEEDS) {
          await talk.follows(3);
          // From the touch on, only the finger moves the list.
          await finger.down(from);
          const before = await talk.mark();
          await finger.move(from, from + DRAG, speed);
          await finger.up();
          const { marked } = await talk.still();
          expect((marked ?? NaN) - before).toBeGreaterThan(FOLLOWED);
          const { unseen } = await talk.sight();
          const later = await talk.until('more unseen messages', (now) => now.unseen >= unseen + 5);
          expect(Math.abs((later.marked ?? NaN) - (marked ?? NaN))).toBeLessThanOrEqual(2);

          // The finger returns to the end where it outruns the messages on a busy machine too, otherwise the pill.
          if (pace < 20) {
            for (let i = 0; i < 40 && (await talk.sight()).rest > 2; i++)
              await finger.drag(600, 200, 2000);
          } else {
            await page.locator('.pill').tap();
          }
          await talk.until('no unseen messages', (now) => now.unseen === 0);
        }
        await talk.follows(3);
        talk.end();
        expect(errors).toEqual([]);
        await page.context().close();
      },
    );
  },
);
