import { type Emulator, type RoomMessage, startEmulator } from '../../emulator';
import { createRoomClient, type RoomClient } from '../harness/room-client';
import { type Outcome, type Problem, type Class, told } from './problems';
import { type RoomStep, type RoomStory, type Visitor, VISITORS } from './room-story';
import { StoryClock, timersOf } from './story-clock';

const ROOM = '9000';
const PEOPLE = [...VISITORS, 'dora'] as const;
type Account = (typeof PEOPLE)[number];
/** Tag of a message's text on the wire. */
const TEXT = 13;

const ENTER_MS = 90_000;
/** Faults are over: within this time everybody is inside again. The SDK notices a dead link after 53 s. */
const RECOVER_MS = 240_000;
const SETTLE_MS = 45_000;
const SEND_MS = 60_000;
/** More pages than any story fills. */
const MOST_PAGES = 30;

export interface PlayRoomOptions {
  /** Called with each client when it is inside: here a test breaks what the story must notice. */
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
    stage.report('stuck', told(cause));
  } finally {
    await stage.dispose();
    await emulator.close();
    clock.dispose();
  }
  for (const cause of clock.thrown) stage.report('thrown', told(cause));
  return { problems: stage.problems, texts: stage.texts };
}

class RoomStage {
  readonly problems: Problem[] = [];
  texts = 0;
  private readonly clients = new Map<string, RoomClient>();
  /** Who wrote what. */
  private readonly written: { by: Account; text: string }[] = [];
  /** Texts that the server's API took back. */
  private readonly recalled = new Set<string>();
  private readonly look = () => this.checkSockets();
  private readonly told = new Set<string>();

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
    for (const who of VISITORS) this.checkRows(who, 'as it was left', false);
    this.checkWritten();
    await this.arrive('dora', false);
    for (const who of PEOPLE) {
      const { room } = this.client(who);
      await clock.until(room.talk.jumpToLatest(), `${who} at the end`, SEND_MS, this.look);
      for (let pages = 0; room.talk.hasOlder && pages < MOST_PAGES; pages++)
        await clock.until(room.talk.loadOlder(), 'an older page', SEND_MS, this.look);
      if (room.talk.hasOlder)
        this.report('stuck', `${who}: the older pages do not end, ${String(room.talk.error)}`);
      this.checkRows(who, 'with every page', true);
    }
    for (const [who, { wx }] of this.clients)
      for (const cause of wx.errors) this.report('thrown', `${who}: ${told(cause)}`);
  }

  async dispose(): Promise<void> {
    for (const [who, client] of this.clients) {
      try {
        await this.clock.until(client.dispose(), `${who} ends`, 60_000);
      } catch (cause) {
        this.report('stuck', told(cause));
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

  /** What a user can do while the app is in front. */
  private tap(step: Extract<RoomStep, { who: Visitor }>): void {
    const { chatroom } = this.client(step.who);
    if (step.do === 'enter') {
      if (!chatroom.room) this.wish(step.who, this.enter(step.who));
      return;
    }
    const { room } = chatroom;
    if (!room) return;
    // While it is entered the page shows nothing but the way out.
    if (step.do !== 'leave' && !['inside', 'reconnecting'].includes(room.state.name)) return;
    switch (step.do) {
      case 'leave':
        // Who leaves gives up what is not sent.
        this.forgetUnsent(step.who);
        this.wish(step.who, chatroom.leave());
        break;
      case 'write':
        for (const text of this.newTexts(step.who, step.texts)) room.sendText(text);
        break;
      case 'resend':
        for (const row of room.talk.rows()) if (row.status === 'failed') room.resend(row);
        break;
      case 'older':
        this.wish(step.who, room.talk.loadOlder());
        break;
      case 'scrollUp':
      case 'scrollDown':
        room.talk.setAtBottom(step.do === 'scrollDown');
        break;
    }
  }

  /** A tap may fail with a code of the reasons table; anything else is a defect. */
  private wish(who: Account, work: Promise<unknown>): void {
    work.catch((cause: unknown) => {
      if (!(cause instanceof Error && typeof (cause as { code?: unknown }).code === 'number'))
        this.report('thrown', `${who}: ${told(cause)}`);
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

  /** No more faults, and time for everything to come right by itself; what failed is tapped. */
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
      if (!chatroom.room) this.wish(who, this.enter(who));
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
    const { talk } = this.client(who).room;
    const { room } = this.client(who);
    const failed = () => talk.rows().filter(({ status }) => status === 'failed');
    const isUnsent = this.written.some(
      ({ by, text }) => by === who && !this.copies(text) && !this.recalled.has(text),
    );
    // What failed may stand further up than the window reaches.
    for (let pages = 0; isUnsent && talk.hasOlder && pages < MOST_PAGES; pages++)
      await this.clock.until(talk.loadOlder(), 'an older page', SEND_MS, this.look);
    for (let tries = 0; failed().length > 0 && tries < 3; tries++) {
      for (const row of failed()) room.resend(row);
      const isDone = () => talk.rows().every(({ status }) => status === 'sent');
      await this.clock.reach(isDone, SEND_MS, this.look);
    }
  }

  // --- what must hold --------------------------------------------------------------------------------

  /** The server's texts, oldest first. */
  private log(): RoomMessage[] {
    return this.emulator.rooms.messages(ROOM).filter(({ messageType }) => messageType === 0);
  }

  private copies(text: string): number {
    return this.log().filter((message) => textOf(message) === text).length;
  }

  /** One IM socket and one of the room at most, at every moment. */
  private checkSockets(): void {
    for (const [who, { core }] of this.clients) {
      const owners = core.gate
        .list()
        .filter(({ state }) => state !== 'held')
        .map(({ owner }) => owner.split('#')[0]);
      const twice = owners.find((owner, at) => owners.indexOf(owner) !== at);
      if (!twice || this.told.has(who)) continue;
      this.told.add(who);
      this.report('sockets', `${who} has ${owners.join(', ')} open`);
    }
  }

  private checkWritten(): void {
    for (const { by, text } of this.written) {
      const copies = this.copies(text);
      if (copies > 1) this.report('double', `the server has ${text} ${copies} times`);
      if (copies === 0 && !this.recalled.has(text))
        this.report('lost', `${by} wrote ${text}, the server has it not`);
    }
  }

  private checkRows(who: Account, when: string, whole: boolean): void {
    const where = `${who} (${when})`;
    const { talk, state } = this.client(who).room;
    if (state.name !== 'inside' || !talk.ready) {
      this.report('stuck', `${where}: ${state.name}, ready ${String(talk.ready)}`);
      return;
    }
    if (talk.isIncomplete) this.report('stuck', `${where}: messages are still missing`);
    const log = this.log();
    const places = new Map(log.map(({ messageClientId }, place) => [messageClientId, place]));
    const rows = talk.rows().filter(({ kind }) => kind === 'text');
    const seen = new Set<string>();
    const texts = new Set<string>();
    let last = -1;
    let first: number | undefined;
    for (const { messageClientId, text, status, recalled, errorCode } of rows) {
      if (status !== 'sent') {
        // What somebody wrote and the server has taken back meanwhile cannot be sent again.
        this.report('stuck', `${where}: ${text} is ${status} ${errorCode}`);
        continue;
      }
      const isDouble = seen.has(messageClientId) || (!recalled && texts.has(text));
      if (isDouble) this.report('double', `${where}: ${text} twice`);
      seen.add(messageClientId);
      texts.add(text);
      const place = places.get(messageClientId);
      if (recalled) {
        if (text) this.report('recalled', `${where}: ${text} under a notice`);
        if (place !== undefined) this.report('recalled', `${where}: nobody took it back`);
        continue;
      }
      if (place === undefined) {
        this.report('recalled', `${where}: ${text} is recalled and stands there`);
        continue;
      }
      if (place < last) this.report('order', `${where}: ${text} is out of order`);
      last = place;
      first ??= place;
    }
    if (talk.hasNewer) return;
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
