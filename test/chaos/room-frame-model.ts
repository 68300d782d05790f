import { type Emulator, startEmulator } from '../../emulator';
import { seededRandom } from '../../emulator/faults/random';
import { createRoomClient, type RoomClient, roomTexts } from '../harness/room-client';
import { FrameFuzz } from './frame-fuzz';
import { pick } from './json-fuzz';
import type { FrameOutcome } from './frame-model';
import { type Class, describeError, type Problem } from './problems';
import { collectRejections } from './rejections';
import { StoryClock, timersOf } from './story-clock';

const ROOM = '9000';
const SHARE = 0.5;
const ROUNDS = 24;
/** Time within which an entering has an outcome, also from a server that answers nonsense. */
const ENTER_MS = 240_000;
const RECOVER_MS = 240_000;
const GIFT = { id: 'flower', name: 'Flower', emoji: '*' };

/** Plays a seed: the frames of a chatroom's link are changed while others keep the room busy. */
export async function playRoomFrames(seed: number): Promise<FrameOutcome> {
  const clock = new StoryClock(seed);
  const rejections = collectRejections();
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of ['anna', 'ben', 'chen'])
    emulator.world.addAccount({ accountId, token: `token-${accountId}`, name: accountId });
  emulator.rooms.addRoom({ roomId: ROOM, roomName: 'room', creatorAccountId: 'ben' });
  const stage = new RoomFrameStage(seed, emulator, clock);
  try {
    await stage.play();
  } catch (cause) {
    stage.report('stuck', describeError(cause));
  } finally {
    await stage.dispose();
    await emulator.close();
    clock.dispose();
    rejections.stop();
  }
  for (const cause of clock.thrown) stage.report('thrown', `a timer: ${describeError(cause)}`);
  for (const cause of rejections.causes)
    stage.report('thrown', `a promise: ${describeError(cause)}`);
  const { fuzz, problems, rebuilt } = stage;
  return { problems, texts: 0, changed: fuzz.changed, kinds: fuzz.kinds, rebuilt, last: fuzz.last };
}

class RoomFrameStage {
  readonly problems: Problem[] = [];
  readonly fuzz: FrameFuzz;
  rebuilt = 0;
  private readonly random;
  private readonly phone: RoomClient;
  private readonly ben: RoomClient;

  constructor(
    seed: number,
    private readonly emulator: Emulator,
    private readonly clock: StoryClock,
  ) {
    this.random = seededRandom(seed * 7919);
    this.fuzz = new FrameFuzz(seededRandom(seed));
    this.phone = createRoomClient(emulator, { clock: timersOf(), alterFrame: this.fuzz.alter });
    this.ben = createRoomClient(emulator, { clock: timersOf() });
  }

  report(problem: Class, text: string): void {
    this.problems.push({ class: problem, text });
  }

  async play(): Promise<void> {
    const { clock, fuzz, phone, ben, emulator } = this;
    for (let nth = 0; nth < 30; nth++) emulator.rooms.sendAs(ROOM, 'ben', `earlier ${nth}`);
    await clock.until(this.enterAs(ben, 'ben'), 'ben enters', ENTER_MS);
    if (this.random() < 0.5) fuzz.share = 0.15;
    await this.enter();
    fuzz.share = SHARE;
    for (let round = 0; round < ROUNDS; round++) await this.round(round);
    fuzz.share = 0;
    await this.recover();
    this.checkRecords();
    for (const cause of phone.wx.errors)
      this.report('thrown', `a callback: ${describeError(cause)}`);
  }

  async dispose(): Promise<void> {
    for (const client of [this.phone, this.ben]) {
      try {
        await this.clock.until(client.dispose(), 'a client ends', 60_000);
      } catch (cause) {
        this.report('stuck', describeError(cause));
      }
      const left = [client.wx.sockets.live, client.instances()];
      if (left.some((count) => count > 0))
        this.report('sockets', `sockets and instances are left: ${left.join(' ')}`);
    }
  }

  private async enterAs(client: RoomClient, accountId: string): Promise<void> {
    await client.chatroom.enter(ROOM, {
      signIn: { way: 'static', accountId, token: `token-${accountId}` },
      roomNick: accountId,
    });
  }

  private isInside(): boolean {
    return this.phone.chatroom.room?.state.name === 'inside';
  }

  /** Enters until the phone is inside; every attempt must end with a code or inside. */
  private async enter(): Promise<void> {
    for (let attempt = 0; attempt < 8; attempt++) {
      if (attempt >= 4) this.fuzz.share = 0;
      try {
        await this.clock.until(this.enterAs(this.phone, 'anna'), 'the outcome', ENTER_MS);
        return;
      } catch (cause) {
        this.checkRefusal(cause);
      }
    }
    throw new Error('anna cannot enter');
  }

  private async round(round: number): Promise<void> {
    const { phone, clock, random } = this;
    await clock.reach(() => this.isInside(), 70_000);
    if (phone.chatroom.room?.state.name === 'exited' || !phone.chatroom.room) await this.enter();
    if (!this.isInside()) return;
    const acts = [...this.pushes(round), ...this.requests(round)];
    for (let count = 6; count > 0; count--) this.tap(pick(acts, random));
    await clock.pass(pick([300, 1500, 9000], random));
  }

  private tap(act: () => unknown): void {
    try {
      const result = act();
      if (result instanceof Promise) result.catch((cause: unknown) => this.checkRefusal(cause));
    } catch (cause) {
      this.checkRefusal(cause);
    }
  }

  /** A refusal has a code; anything else is a defect. */
  private checkRefusal(cause: unknown): void {
    if (!(cause instanceof Object && typeof (cause as { code?: unknown }).code === 'number'))
      this.report('thrown', `an act: ${describeError(cause)}`);
  }

  private pushes(round: number): (() => unknown)[] {
    const { emulator, ben, random } = this;
    const { rooms } = emulator;
    const { room } = ben;
    const write = () => rooms.sendAs(ROOM, 'ben', `text ${round}`);
    const flag = () => random() < 0.5;
    const recall = () => {
      const log = rooms.messages(ROOM);
      const message = log[Math.floor(random() * log.length)];
      if (message) rooms.recall(ROOM, message.messageClientId);
    };
    return [
      write,
      write,
      write,
      recall,
      () => room.sendGift(GIFT as never),
      () => room.sendLike(2),
      () => room.sendCustom({ type: 'x', data: {} } as never),
      () => rooms.update(ROOM, { announcement: `notice ${round}` }),
      () => rooms.setChatBanned(ROOM, flag()),
      () => rooms.tempBan(ROOM, 'anna', flag() ? 5 : 0),
      () => rooms.ban(ROOM, 'anna'),
      () => rooms.unban(ROOM, 'anna'),
      () => rooms.setRole(ROOM, 'anna', pick(['manager', 'normal'] as const, random)),
      () => rooms.queueOffer(ROOM, [{ key: `k${round}`, value: 'value' }]),
      () => rooms.kick(ROOM, 'anna'),
      () => ben.room.queue.offer(`q${round}`, 'value'),
      () => ben.room.queue.poll(),
      () => ben.room.queue.drop(),
      () => ben.room.updateMe({ roomNick: `ben ${round}` }),
      () => this.enterAs(this.ben, 'ben'),
    ];
  }

  private requests(round: number): (() => unknown)[] {
    const { phone, random } = this;
    const room = () => phone.room;
    return [
      () => room().sendText(`own ${round}`),
      () => room().sendText(`own ${round}`),
      () => room().feed.loadOlder(),
      () => room().feed.jumpToLatest(),
      () => room().feed.setAtBottom(random() < 0.5),
      () => room().members.load(pick(['online', 'managers', 'muted'] as never[], random)),
      () => room().members.loadMore(),
      () => room().members.byIds(['ben', 'chen']),
      () => room().queue.load(),
      () => room().updateMe({ roomNick: `anna ${round}` }),
      () => room().myOtherClients(),
      () => {
        for (const row of room().feed.rows()) if (row.status === 'failed') room().resend(row);
      },
      () => this.emulator.faults.cut({ accountId: 'anna', service: 'chatroom' }),
      () => {
        phone.wx.app.hide();
        phone.wx.app.show();
      },
    ];
  }

  /** The link is the server's again: the phone is inside, or enters again, and shows what comes. */
  private async recover(): Promise<void> {
    const { phone, clock, emulator } = this;
    const { chatroom } = phone;
    const hasEnded = () => !chatroom.room || chatroom.room.state.name === 'exited';
    if (!(await clock.reach(() => this.isInside() || hasEnded(), RECOVER_MS)))
      this.report('stuck', JSON.stringify(chatroom.room?.state));
    if (hasEnded()) await this.enter();
    emulator.rooms.unban(ROOM, 'anna');
    await clock.pass(70_000);
    emulator.faults.cut({ accountId: 'anna', service: 'chatroom' });
    await clock.reach(() => !this.isInside(), 60_000);
    if (!(await clock.reach(() => this.isInside(), RECOVER_MS)))
      this.report(
        'stuck',
        `no link after the faults have ended: ${JSON.stringify(chatroom.room?.state)}`,
      );
    phone.room.feed.setAtBottom(true);
    await clock.until(phone.room.feed.jumpToLatest(), 'the end of the room', 60_000);
    emulator.rooms.sendAs(ROOM, 'ben', 'the last');
    if (!(await clock.reach(() => roomTexts(phone.room).includes('the last'), 60_000)))
      this.report(
        'lost',
        `the last text is not shown: ${roomTexts(phone.room).slice(-4).join(' | ').slice(0, 400)}`,
      );
    const { live } = phone.core.gate.counts();
    if (live !== 1) this.report('sockets', `${live} sockets are live`);
  }

  /** A changed frame leaves one line at most. */
  private checkRecords(): void {
    const lines = this.phone.core.journal.entries();
    this.rebuilt = lines.filter(({ text }) => text.startsWith('unreadable')).length;
    if (this.rebuilt > this.fuzz.changed)
      this.report('thrown', `${this.rebuilt} lines for ${this.fuzz.changed} changed frames`);
  }
}
