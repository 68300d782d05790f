import { type Emulator, type RoomMessage, startEmulator } from '../../emulator';
import { createRoomClient, type RoomClient } from '../harness/room-client';
import { type Outcome, type Problem, type Class, describeError } from './problems';
import { type RoomStep, type RoomStory, type Visitor, VISITORS } from './room-story';
import { StoryClock, timersOf } from './story-clock';

const ROOM = '9000';
const PEOPLE = [...VISITORS, 'dora'] as const;
type Account = (typeof PEOPLE)[number];
/** Tag of the text in a message of the protocol. */
const TEXT = 13;

const ENTER_MS = 90_000;
/** Time within which every client is inside after the faults have ended. The SDK detects a dead link after 53 s. */
const RECOVER_MS = 240_000;
const SETTLE_MS = 45_000;
const SEND_MS = 60_000;
/** Limit of pages; no story has as many. */
const MOST_PAGES = 30;

export interface PlayRoomOptions {
  /** Called with each client in the room, so that a test can plant the fault that the story must report. */
  onClient?: (client: RoomClient) => void;
}

/** Plays a story in a room of a fresh emulator and compares every window with the server's record. */
export async function playRoom(story: RoomStory, options: PlayRoomOptions = {}): Promise<Outcome> {
  const clock = new StoryClock(story.seed);
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of PEOPLE)
    emulator.world.addAccount({ accountId, token: `token-${accountId}`, name: accountId });
  emulator.rooms.addRoom({ roomId: ROOM, roomName: 'room', creatorAccountId: 'anna' });
  const stage = new RoomStage(story, emulator, clock, options);
  try {
    await stage.play();
  } catch (cause) {
    stage.report('stuck', describeError(cause));
  } finally {
    await stage.dispose();
    await emulator.close();
    clock.dispose();
  }
  for (const cause of clock.thrown) stage.report('thrown', describeError(cause));
  return { problems: stage.problems, texts: stage.texts };
}

class RoomStage {
  readonly problems: Problem[] = [];
  texts = 0;
  private readonly clients = new Map<string, RoomClient>();
  /** The author of each text. */
  private readonly written: { by: Account; text: string }[] = [];
  /** Texts that the server's API recalled. */
  private readonly recalled = new Set<string>();
  private readonly look = () => this.checkSockets();
  private readonly reported = new Set<string>();

  constructor(
    private readonly story: RoomStory,
    private readonly emulator: Emulator,
    private readonly clock: StoryClock,
    private readonly options: PlayRoomOptions,
  ) {}

  report(problem: Class, text: string): void {
    this.problems.push({ class: problem, text });
  }

  async play(): Promise<void> {
    const { story, clock } = this;
    for (const who of VISITORS) await this.arrive(who, story.inIm.includes(who));
    for (const step of story.steps) {
      await this.perform(step);
      this.look();
    }
    await this.recover();
    for (const who of VISITORS) this.checkRows(who, 'at the end of the story', false);
    this.checkWritten();
    await this.arrive('dora', false);
    for (const who of PEOPLE) {
      const { room } = this.client(who);
      await clock.until(room.feed.jumpToLatest(), `${who} at the end`, SEND_MS, this.look);
      for (let pages = 0; room.feed.hasOlder && pages < MOST_PAGES; pages++)
        await clock.until(room.feed.loadOlder(), 'an older page', SEND_MS, this.look);
      if (room.feed.hasOlder)
        this.report('stuck', `${who}: the older pages do not end, ${String(room.feed.error)}`);
      this.checkRows(who, 'with every page', true);
    }
    for (const [who, { wx }] of this.clients)
      for (const cause of wx.errors) this.report('thrown', `${who}: ${describeError(cause)}`);
  }

  async dispose(): Promise<void> {
    for (const [who, client] of this.clients) {
      try {
        await this.clock.until(client.dispose(), `${who} ends`, 60_000);
      } catch (cause) {
        this.report('stuck', describeError(cause));
      }
      if (client.wx.sockets.live > 0) this.report('sockets', `${who} left a socket open`);
    }
  }

  private client(who: Account): RoomClient {
    const client = this.clients.get(who);
    if (!client) throw new Error(`no client of ${who}`);
    return client;
  }

  private async arrive(who: Account, inIm: boolean): Promise<void> {
    const { emulator, story, clock } = this;
    const client = createRoomClient(emulator, {
      closeDelayMs: story.closeDelayMs,
      clock: timersOf(),
    });
    this.clients.set(who, client);
    if (inIm) await clock.until(client.signIn(who), `${who} signs in`, ENTER_MS, this.look);
    await clock.until(this.enter(who), `${who} enters`, ENTER_MS, this.look);
    this.options.onClient?.(client);
  }

  private async enter(who: Account): Promise<void> {
    await this.client(who).chatroom.enter(ROOM, {
      signIn: { way: 'static', accountId: who, token: `token-${who}` },
      roomNick: who.toUpperCase(),
    });
  }

  private async perform(step: RoomStep): Promise<void> {
    const { clock, emulator } = this;
    switch (step.do) {
      case 'wait':
        await clock.pass(step.ms, this.look);
        break;
      case 'doraWrites':
        for (const text of this.newTexts('dora', step.texts))
          emulator.rooms.sendAs(ROOM, 'dora', text);
        break;
      case 'recall': {
        const log = this.log();
        const message = log[step.nth % log.length];
        if (!message) break;
        this.recalled.add(textOf(message));
        emulator.rooms.recall(ROOM, message.messageClientId);
        break;
      }
      case 'cut':
        emulator.faults.cut({ accountId: step.who, service: 'chatroom', how: step.how });
        break;
      case 'halfOpen':
      case 'restore':
        emulator.faults[step.do]({ accountId: step.who });
        break;
      case 'fault': {
        const fault = emulator.faults.add(step.fault);
        setTimeout(() => fault.remove(), step.forMs);
        break;
      }
      case 'hide':
        this.client(step.who).wx.app.hide();
        if (step.cut) this.client(step.who).wx.sockets.cutAll();
        break;
      case 'show':
        this.client(step.who).wx.app.show();
        break;
      case 'network':
        this.client(step.who).wx.network.set(step.on);
        break;
      case 'refuseConnects': {
        let left = step.times;
        this.client(step.who).wx.options.connectFault = () => (left-- > 0 ? 'fail' : undefined);
        break;
      }
      default:
        if (this.client(step.who).wx.app.visible) this.tap(step);
    }
  }

  /** Performs an action of the user while the app is in the foreground. */
  private tap(step: Extract<RoomStep, { who: Visitor }>): void {
    const { chatroom } = this.client(step.who);
    if (step.do === 'enter') {
      if (!chatroom.room) this.attempt(step.who, this.enter(step.who));
      return;
    }
    const { room } = chatroom;
    if (!room) return;
    // While the client enters the room, the page offers only to leave.
    if (step.do !== 'leave' && !['inside', 'reconnecting'].includes(room.state.name)) return;
    switch (step.do) {
      case 'leave':
        // Leaving drops the unsent messages.
        this.forgetUnsent(step.who);
        this.attempt(step.who, chatroom.leave());
        break;
      case 'write':
        for (const text of this.newTexts(step.who, step.texts)) room.sendText(text);
        break;
      case 'resend':
        for (const row of room.feed.rows()) if (row.status === 'failed') room.resend(row);
        break;
      case 'older':
        this.attempt(step.who, room.feed.loadOlder());
        break;
      case 'scrollUp':
      case 'scrollDown':
        room.feed.setAtBottom(step.do === 'scrollDown');
        break;
    }
  }

  /** Reports a rejection without a code of the reasons table as a defect. */
  private attempt(who: Account, work: Promise<unknown>): void {
    work.catch((cause: unknown) => {
      if (!(cause instanceof Error && typeof (cause as { code?: unknown }).code === 'number'))
        this.report('thrown', `${who}: ${describeError(cause)}`);
    });
  }

  private newTexts(by: Account, count: number): string[] {
    return Array.from({ length: count }, () => {
      const text = `${by} ${++this.texts}`;
      this.written.push({ by, text });
      return text;
    });
  }

  private forgetUnsent(who: Account): void {
    for (let i = this.written.length - 1; i >= 0; i--) {
      const one = this.written[i];
      if (one?.by === who && !this.copies(one.text)) this.written.splice(i, 1);
    }
  }

  /** Removes the faults, gives the clients time to recover, and taps failed messages. */
  private async recover(): Promise<void> {
    const { emulator, clock } = this;
    emulator.faults.clear();
    emulator.faults.restore();
    for (const who of VISITORS) {
      const { wx, chatroom } = this.client(who);
      wx.options.connectFault = () => undefined;
      wx.network.set(true);
      wx.app.show();
      if (chatroom.room?.state.name === 'exited')
        await clock.until(chatroom.leave(), 'out', 60_000);
      if (!chatroom.room) this.attempt(who, this.enter(who));
    }
    const states = () => VISITORS.map((who) => this.client(who).chatroom.room?.state.name);
    if (
      !(await clock.reach(() => states().every((name) => name === 'inside'), RECOVER_MS, this.look))
    )
      this.report('stuck', `inside: ${states().join(' ')}`);
    await clock.pass(SETTLE_MS, this.look);
    for (const who of VISITORS) await this.sendTheRest(who);
    await clock.pass(SETTLE_MS, this.look);
  }

  private async sendTheRest(who: Visitor): Promise<void> {
    const { feed } = this.client(who).room;
    const { room } = this.client(who);
    const failed = () => feed.rows().filter(({ status }) => status === 'failed');
    const isUnsent = this.written.some(
      ({ by, text }) => by === who && !this.copies(text) && !this.recalled.has(text),
    );
    // A failed message may be further up than the window reaches.
    for (let pages = 0; isUnsent && feed.hasOlder && pages < MOST_PAGES; pages++)
      await this.clock.until(feed.loadOlder(), 'an older page', SEND_MS, this.look);
    for (let tries = 0; failed().length > 0 && tries < 3; tries++) {
      for (const row of failed()) room.resend(row);
      const isDone = () => feed.rows().every(({ status }) => status === 'sent');
      await this.clock.reach(isDone, SEND_MS, this.look);
    }
  }

  // --- invariants -----------------------------------------------------------------------------------

  /** Returns the server's texts, oldest first. */
  private log(): RoomMessage[] {
    return this.emulator.rooms.messages(ROOM).filter(({ messageType }) => messageType === 0);
  }

  private copies(text: string): number {
    return this.log().filter((message) => textOf(message) === text).length;
  }

  /** Checks that a client has at most one IM socket and one socket of the room. */
  private checkSockets(): void {
    for (const [who, { core }] of this.clients) {
      const owners = core.gate
        .list()
        .filter(({ state }) => state !== 'held')
        .map(({ owner }) => owner.split('#')[0]);
      const twice = owners.find((owner, at) => owners.indexOf(owner) !== at);
      if (!twice || this.reported.has(who)) continue;
      this.reported.add(who);
      this.report('sockets', `${who} has ${owners.join(', ')} open`);
    }
  }

  private checkWritten(): void {
    for (const { by, text } of this.written) {
      const copies = this.copies(text);
      if (copies > 1) this.report('double', `the server has ${text} ${copies} times`);
      if (copies === 0 && !this.recalled.has(text))
        this.report('lost', `${by} wrote ${text}, missing on the server`);
    }
  }

  private checkRows(who: Account, when: string, whole: boolean): void {
    const where = `${who} (${when})`;
    const { feed, state } = this.client(who).room;
    if (state.name !== 'inside' || !feed.ready) {
      this.report('stuck', `${where}: ${state.name}, ready ${String(feed.ready)}`);
      return;
    }
    if (feed.isIncomplete) this.report('stuck', `${where}: messages are still missing`);
    const log = this.log();
    const places = new Map(log.map(({ messageClientId }, place) => [messageClientId, place]));
    const rows = feed.rows().filter(({ kind }) => kind === 'text');
    const seen = new Set<string>();
    const texts = new Set<string>();
    let last = -1;
    let first: number | undefined;
    for (const { messageClientId, text, status, recalled, errorCode } of rows) {
      if (status !== 'sent') {
        // A text that the server has recalled meanwhile cannot be sent again.
        this.report('stuck', `${where}: ${text} is ${status} ${errorCode}`);
        continue;
      }
      const isDouble = seen.has(messageClientId) || (!recalled && texts.has(text));
      if (isDouble) this.report('double', `${where}: ${text} twice`);
      seen.add(messageClientId);
      texts.add(text);
      const place = places.get(messageClientId);
      if (recalled) {
        if (text) this.report('recalled', `${where}: ${text} in a recall notice`);
        if (place !== undefined)
          this.report('recalled', `${where}: a recall notice for a message that was not recalled`);
        continue;
      }
      if (place === undefined) {
        this.report('recalled', `${where}: ${text} is recalled and still shown`);
        continue;
      }
      if (place < last) this.report('order', `${where}: ${text} is out of order`);
      last = place;
      first ??= place;
    }
    if (feed.hasNewer) return;
    const missing = log
      .slice(whole ? 0 : (first ?? log.length))
      .filter(({ messageClientId }) => !seen.has(messageClientId));
    if (missing.length > 0)
      this.report('lost', `${where}: ${missing.map(textOf).join(', ')} missing`);
  }
}

function textOf({ wire }: RoomMessage): string {
  return String(wire[TEXT] ?? '');
}
