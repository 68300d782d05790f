import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '../../emulator';
import { Device, ROOM } from './all-device';
import {
  type AllStep,
  type AllStory,
  type DeviceName,
  DEVICES,
  PEOPLE,
  type Person,
} from './all-story';
import { AllTruth, roomText } from './all-truth';
import { describeError, type Problem } from './problems';
import { collectRejections } from './rejections';
import { SecretWatch } from './secret-watch';
import { StoryClock } from './story-clock';

export interface AllOptions {
  /** Called with each device before its first start, so that a test can plant the fault that the story must report. */
  onDevice?: (device: Device, clock: StoryClock) => void;
  /** Called with each emulator of the story. */
  onEmulator?: (emulator: Emulator) => void;
  /** Called at each step `measure`. */
  onMeasure?: (devices: readonly Device[], emulator: Emulator, clock: StoryClock) => void;
  /** Receives the steps of the story. */
  trace?: (line: string) => void;
}

export interface AllOutcome {
  problems: readonly Problem[];
  /** Messages that the server has accepted. */
  texts: number;
}

const SIGN_IN_MS = 90_000;
/** Time within which every device is online after the faults have ended. The SDK detects a dead link after 53 s. */
const RECOVER_MS = 240_000;
const SEND_MS = 60_000;
/** Limit of pages; no story has as many. */
const MOST_PAGES = 60;
/** Time within which late notifications arrive. */
const SETTLE_MS = 45_000;
/** IM, a room, and no more: the sockets of a device at the same time. */
const MOST_SOCKETS = 2;

/** Plays a story on a fresh emulator and compares every device with the server's record. */
export async function playAll(story: AllStory, options: AllOptions = {}): Promise<AllOutcome> {
  const clock = new StoryClock(story.seed);
  const rejections = collectRejections();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'story-'));
  const secrets = new SecretWatch();
  const emulator = await startEmulator({ port: 0, world: 'empty', dataDir });
  for (const accountId of PEOPLE)
    emulator.world.addAccount({ accountId, token: `token-${accountId}`, name: accountId });
  const { teamId } = emulator.teams.create({
    name: 'Riders',
    owner: 'anna',
    members: ['ben', 'chen', 'dora'],
  });
  emulator.rooms.addRoom({ roomId: ROOM, roomName: 'room', creatorAccountId: 'anna' });
  const stage = new AllStage(story, emulator, { clock, options, dataDir, teamId, secrets });
  const { truth } = stage;
  try {
    await stage.play();
  } catch (cause) {
    truth.report('stuck', describeError(cause));
  } finally {
    await stage.dispose();
    await stage.emulator.close();
    if (clock.pending > 0)
      truth.report('leak', `${clock.pending} timers after the end of all apps`);
    clock.dispose();
    secrets.dispose();
    rmSync(dataDir, { recursive: true, force: true });
    rejections.stop();
  }
  for (const cause of [...clock.thrown, ...rejections.causes])
    truth.report('thrown', describeError(cause));
  for (const found of secrets.found) truth.report('secret', found);
  return { problems: truth.problems, texts: truth.messages };
}

interface StageParts {
  clock: StoryClock;
  options: AllOptions;
  dataDir: string;
  teamId: string;
  secrets: SecretWatch;
}

class AllStage {
  readonly truth: AllTruth;
  readonly devices: Device[] = [];
  private marks = 0;
  private tokens = 0;
  private readonly look = () => {
    for (const device of this.devices) this.truth.look(device);
  };

  constructor(
    private readonly story: AllStory,
    public emulator: Emulator,
    private readonly parts: StageParts,
  ) {
    this.truth = new AllTruth(emulator, parts.teamId);
    parts.options.onEmulator?.(emulator);
  }

  async play(): Promise<void> {
    const { clock, options } = this.parts;
    for (const name of DEVICES) await this.arrive(name);
    for (const step of this.story.steps) {
      options.trace?.(`${clock.now()} ${JSON.stringify(step)}`);
      await this.perform(step);
      this.look();
    }
    await this.recover();
    const { truth, devices } = this;
    for (const device of devices) truth.checkRows(device, 'at the end of the story', false);
    truth.checkSent(devices);
    await this.arrive('anna/new');
    await clock.pass(2000, this.look);
    for (const device of devices) truth.checkList(device);
    await this.readEverything();
    await this.readRooms();
    // Every chat is closed and the room is left: a device has the listeners of a device that has just arrived.
    const fresh = this.device('anna/new').listenerCount();
    for (const device of devices) {
      const count = device.listenerCount();
      if (count !== fresh)
        truth.report('leak', `${device.name} has ${count} listeners, a new device ${fresh}`);
    }
  }

  async dispose(): Promise<void> {
    const { clock, secrets } = this.parts;
    for (const device of this.devices) {
      const { app, name } = device;
      if (app) secrets.look(name, app);
      try {
        await clock.until(device.end(), `${name} ends`, 60_000);
      } catch (cause) {
        this.truth.report('stuck', describeError(cause));
      }
      for (const cause of device.thrown)
        this.truth.report('thrown', `${name}: ${describeError(cause)}`);
      if (device.mostSockets > MOST_SOCKETS)
        this.truth.report('sockets', `${name} had ${device.mostSockets} sockets`);
    }
    this.truth.dispose();
  }

  private async arrive(name: DeviceName | `${Person}/new`): Promise<void> {
    const { clock, options, teamId } = this.parts;
    const device = new Device(name, () => this.emulator, teamId, this.story.closeDelayMs);
    this.devices.push(device);
    device.onCleared = (place, from, until) => this.truth.cleared(device, place, from, until);
    options.onDevice?.(device, clock);
    device.start();
    await clock.until(device.signIn(), `${name} signs in`, SIGN_IN_MS, this.look);
  }

  private device(name: string): Device {
    const device = this.devices.find((each) => each.name === name);
    if (!device) throw new Error(`no device ${name}`);
    return device;
  }

  private async perform(step: AllStep): Promise<void> {
    const { clock, teamId } = this.parts;
    const { emulator } = this;
    switch (step.do) {
      case 'wait':
        return clock.pass(step.ms, this.look);
      case 'doraWrites':
        for (const text of this.newMarks('dora', step.count)) {
          if (step.to === 'room') emulator.rooms.sendAs(ROOM, 'dora', text);
          else if (step.to === 'team')
            emulator.world.sendMessage({ from: 'dora', to: teamId, text, type: 'team' });
          else emulator.world.sendMessage({ from: 'dora', to: step.to, text });
        }
        return;
      case 'doraRecalls':
        return this.recallOf(step.to, step.nth);
      case 'expireToken': {
        const token = `token-${step.account}-${++this.tokens}`;
        Object.assign(emulator.world.requireAccount(step.account), { token });
        return;
      }
      case 'restartServer':
        return this.restartServer(step.downMs);
      case 'cut':
        emulator.faults.cut({ accountId: step.account, how: step.how });
        return;
      case 'halfOpen':
      case 'restore':
        emulator.faults[step.do]({ accountId: step.account });
        return;
      case 'fault': {
        const fault = emulator.faults.add(step.fault);
        setTimeout(() => fault.remove(), step.forMs);
        return;
      }
      case 'measure':
        this.parts.options.onMeasure?.(this.devices, emulator, clock);
        return;
      default:
        return this.performOn(this.device(step.who), step);
    }
  }

  private async performOn(
    device: Device,
    step: Extract<AllStep, { who: DeviceName }>,
  ): Promise<void> {
    const { clock } = this.parts;
    switch (step.do) {
      case 'hide':
        return device.hide(step.cut);
      case 'show':
        return device.show();
      case 'network':
        device.network = step.on;
        device.app?.wx.network.set(step.on);
        return;
      case 'refuseConnects':
        device.connectFaults = step.times;
        return;
      case 'storage':
        // What was not sent and cannot be stored is lost with the app; the app has said that nothing is kept.
        if (step.is !== 'fine') device.loseOf((sent) => !this.truth.hasTaken(sent));
        device.storageIs = step.is;
        return;
      case 'shiftClock':
        device.skewMs += step.ms;
        return;
      case 'end':
        if (device.app) this.parts.secrets.look(device.name, device.app);
        return clock.until(device.end(), `${device.name} ends`, SIGN_IN_MS, this.look);
      case 'start':
        if (device.app) return;
        device.start();
        device.tap(device.signIn());
        return;
      case 'switch':
        if (!device.isShown || device.accountId === step.to) return;
        device.tap(device.switchTo(step.to));
        return;
      default:
        if (device.isShown && device.showsOwnAccount && device.hasSdk) this.tap(device, step);
    }
  }

  /** Performs an action of the user while the app is in the foreground. */
  private tap(device: Device, step: Extract<AllStep, { who: DeviceName }>): void {
    switch (step.do) {
      case 'open':
        device.open(step.place);
        break;
      case 'close':
        device.close();
        break;
      case 'write':
        if (device.chat)
          for (const mark of this.newMarks(device.name, step.count)) device.write(step.kind, mark);
        break;
      case 'recall':
      case 'edit':
      case 'remove':
      case 'react':
      case 'pin':
      case 'unpin':
        device.act(step.do, step.nth);
        break;
      case 'clear':
        device.clear(step.place);
        break;
      case 'draft':
        device.draft(step.place, step.nth % 5 === 0 ? '' : `draft ${step.nth}`);
        break;
      case 'enterRoom':
        device.enterRoom();
        break;
      case 'leaveRoom':
        device.leaveRoom();
        break;
      case 'writeInRoom':
        for (const mark of this.newMarks(device.name, step.count)) device.writeInRoom(mark);
        break;
      case 'resend':
        device.resend();
        break;
      case 'older':
        device.tap(device.chat?.loadOlder());
        break;
      case 'scrollUp':
      case 'scrollDown':
        device.scroll(step.do === 'scrollDown');
        break;
      default:
    }
  }

  private newMarks(by: string, count: number): string[] {
    return Array.from({ length: count }, () => `${by.replace('/', '-')} ${++this.marks}`);
  }

  private recallOf(place: Extract<AllStep, { do: 'doraRecalls' }>['to'], nth: number): void {
    const { emulator, truth } = this;
    if (place === 'room') {
      const log = truth.roomLog();
      const message = log[nth % log.length];
      if (!message) return;
      truth.recalledInRoom.add(roomText(message));
      emulator.rooms.recall(ROOM, message.messageClientId);
      return;
    }
    const own = truth.log('dora', place).filter(({ senderId }) => senderId === 'dora');
    const message = own[nth % own.length];
    if (message) emulator.world.recall(message, { operatorId: 'dora' });
  }

  private async restartServer(downMs: number): Promise<void> {
    const { clock, dataDir, options } = this.parts;
    const { port } = new URL(this.emulator.url);
    await this.emulator.close();
    await clock.pass(downMs, this.look);
    this.emulator = await startEmulator({ port: Number(port), world: 'empty', dataDir });
    this.truth.watch(this.emulator);
    options.onEmulator?.(this.emulator);
  }

  /** Removes the faults, starts what has ended, gives the devices time, and taps failed messages. */
  private async recover(): Promise<void> {
    const { emulator, truth, devices } = this;
    const { clock } = this.parts;
    emulator.faults.clear();
    emulator.faults.restore();
    for (const device of devices) {
      device.connectFaults = 0;
      device.storageIs = 'fine';
      device.network = true;
      device.start();
      device.app?.wx.network.set(true);
      device.show();
    }
    await clock.pass(5000, this.look);
    for (const device of devices)
      if (device.app?.root.session.status === 'signedOut') device.tap(device.signIn());
    const online = () => devices.every(({ isOnline }) => isOnline);
    if (!(await clock.reach(online, RECOVER_MS, this.look)))
      truth.report('stuck', `online: ${devices.map(({ isOnline }) => isOnline).join(' ')}`);
    await clock.pass(SETTLE_MS, this.look);
    for (const device of devices) {
      // The page shows the error and the user taps "try again".
      if (device.chat?.error && !device.chat.ready) device.tap(device.chat.loadOlder());
      device.clearAgain();
      device.resend();
      await this.resendUnsent(device);
    }
    await clock.pass(SETTLE_MS, this.look);
  }

  /** Opens the chats with unsent messages and taps the messages. */
  private async resendUnsent(device: Device): Promise<void> {
    const { truth } = this;
    const { clock } = this.parts;
    const unsent = () =>
      device.sent.filter((one) => one.by === device.accountId && !truth.hasTaken(one));
    const places = [...PEOPLE, 'team'] as const;
    const failed = places.filter(
      (place) =>
        device.account?.conversations.get(device.conversationId(place))?.preview.status ===
        'failed',
    );
    for (const place of new Set([...failed, ...unsent().map((one) => one.place)])) {
      if (place === 'room') continue;
      const chat = device.open(place);
      if (!chat) continue;
      if (!(await clock.reach(() => chat.ready, SEND_MS, this.look)))
        truth.report('stuck', `${device.name}'s chat with ${place} does not open`);
      device.resend();
      await clock.reach(
        () => !unsent().some((one) => one.place === place && !one.mayBeLost),
        SEND_MS,
        this.look,
      );
    }
  }

  /** Reads every chat of every device to its first message. */
  private async readEverything(): Promise<void> {
    const { truth } = this;
    const { clock } = this.parts;
    for (const device of this.devices) {
      for (const place of [...PEOPLE, 'team'] as const) {
        if (place === device.accountId) continue;
        device.close();
        const chat = device.open(place);
        if (!chat || !(await clock.reach(() => chat.ready, SEND_MS, this.look))) {
          truth.report('stuck', `${device.name}'s chat with ${place} does not open`);
          continue;
        }
        for (let pages = 0; chat.hasOlder && pages < MOST_PAGES; pages++)
          await clock.until(chat.loadOlder(), 'an older page', SEND_MS, this.look);
        if (chat.hasOlder)
          truth.report('stuck', `${device.name}: the older pages with ${place} do not end`);
        await clock.pass(3000, this.look);
      }
      device.close();
    }
    // All receipts are under way now, and each chat is compared when it is opened again.
    for (const device of this.devices) {
      for (const place of [...PEOPLE, 'team'] as const) {
        if (place === device.accountId) continue;
        const chat = device.open(place);
        if (!chat) continue;
        await clock.reach(() => chat.ready, SEND_MS, this.look);
        for (let pages = 0; chat.hasOlder && pages < MOST_PAGES; pages++)
          await clock.until(chat.loadOlder(), 'an older page', SEND_MS, this.look);
        await clock.pass(3000, this.look);
        truth.checkRows(device, 'opened anew', true);
        device.close();
      }
    }
  }

  private async readRooms(): Promise<void> {
    const { truth } = this;
    const { clock } = this.parts;
    for (const device of this.devices) {
      if (device.room?.state.name === 'exited')
        await clock.until(device.running.chatroom.leave(), 'out', SEND_MS, this.look);
      device.enterRoom();
      await clock.reach(() => device.room?.feed.ready === true, SIGN_IN_MS, this.look);
      device.resend();
      await clock.pass(5000, this.look);
      const feed = device.room?.feed;
      if (feed) {
        await clock.until(feed.jumpToLatest(), 'the end of the room', SEND_MS, this.look);
        for (let pages = 0; feed.hasOlder && pages < MOST_PAGES; pages++)
          await clock.until(feed.loadOlder(), 'an older page', SEND_MS, this.look);
        // A flood may have moved a failed message out of the window.
        device.resend();
        await clock.pass(5000, this.look);
      }
      truth.checkRoom(device);
      device.leaveRoom();
      await clock.pass(2000, this.look);
    }
  }
}
