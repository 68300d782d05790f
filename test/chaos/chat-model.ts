import { type Emulator, startEmulator } from '../../emulator';
import type { ActiveFault } from '../../emulator/faults/faults';
import { Phone } from './chat-phone';
import { type ChatStep, type ChatStory, PEOPLE, PHONES } from './chat-story';
import { Truth } from './chat-truth';
import { type Outcome, describeError } from './problems';
import { collectRejections } from './rejections';
import { StoryClock } from './story-clock';

export interface PlayOptions {
  /** Called with each phone after the sign-in, so that a test can plant the fault that the story must report. */
  onPhone?: (phone: Phone) => void;
  /** Receives the steps of the story. */
  trace?: (line: string) => void;
}

const SIGN_IN_MS = 60_000;
/** Time within which every phone is online after the faults have ended. The SDK detects a dead link after 53 s. */
const RECOVER_MS = 240_000;
const SEND_MS = 60_000;
/** Limit of pages; no story has as many. */
const MOST_PAGES = 30;
/** Time within which late notifications arrive. */
const SETTLE_MS = 45_000;

/** Plays a story on a fresh emulator and compares every phone with the server's record. */
export async function playChat(story: ChatStory, options: PlayOptions = {}): Promise<Outcome> {
  const clock = new StoryClock(story.seed);
  const rejections = collectRejections();
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of PEOPLE)
    emulator.world.addAccount({ accountId, token: `token-${accountId}`, name: accountId });
  const stage = new ChatStage(story, emulator, clock, options);
  try {
    await stage.play();
  } catch (cause) {
    stage.truth.report('stuck', cause instanceof Error ? cause.message : String(cause));
  } finally {
    await stage.dispose();
    await emulator.close();
    clock.dispose();
    rejections.stop();
  }
  for (const cause of [...clock.thrown, ...rejections.causes])
    stage.truth.report('thrown', describeError(cause));
  return { problems: stage.truth.problems, texts: stage.texts };
}

class ChatStage {
  readonly truth: Truth;
  texts = 0;
  private readonly phones: Phone[] = [];
  private readonly look = () => {
    for (const phone of this.phones) this.truth.look(phone);
  };

  constructor(
    private readonly story: ChatStory,
    private readonly emulator: Emulator,
    private readonly clock: StoryClock,
    private readonly options: PlayOptions,
  ) {
    this.truth = new Truth(emulator);
  }

  async play(): Promise<void> {
    const { story, clock, truth } = this;
    for (const name of PHONES) {
      await this.signIn(
        new Phone({
          emulator: this.emulator,
          name,
          skewMs: story.skew[name],
          closeDelayMs: story.closeDelayMs,
        }),
      );
    }
    for (const step of story.steps) {
      this.options.trace?.(`${clock.now()} ${JSON.stringify(step)}`);
      await this.perform(step);
      this.look();
    }
    await this.recover();
    for (const phone of this.phones) truth.checkRows(phone, 'at the end of the story', false);
    truth.checkWritten(this.phones);
    for (const person of ['anna', 'ben'] as const)
      await this.signIn(new Phone({ emulator: this.emulator, name: `${person}/new` }));
    await clock.pass(2000, this.look);
    for (const phone of this.phones) truth.checkList(phone);
    await this.readEverything();
    for (const phone of this.phones) this.checkPhone(phone);
  }

  async dispose(): Promise<void> {
    this.truth.dispose();
    for (const phone of this.phones) {
      try {
        await this.clock.until(phone.client.dispose(), `${phone.name} ends`, 60_000);
      } catch (cause) {
        this.truth.report('stuck', describeError(cause));
      }
    }
  }

  private async signIn(phone: Phone): Promise<void> {
    this.phones.push(phone);
    phone.onCleared = (peer) => {
      phone.written = phone.written.filter(
        (one) => one.peer !== peer || this.truth.hasTaken(one.text),
      );
    };
    await this.clock.until(phone.signIn(), `${phone.name} signs in`, SIGN_IN_MS, this.look);
    this.options.onPhone?.(phone);
  }

  private phone(name: string): Phone {
    const phone = this.phones.find((each) => each.name === name);
    if (!phone) throw new Error(`no phone ${name}`);
    return phone;
  }

  private async perform(step: ChatStep): Promise<void> {
    const { clock, emulator } = this;
    switch (step.do) {
      case 'wait':
        await clock.pass(step.ms, this.look);
        break;
      case 'chenWrites':
        for (const text of this.newTexts('chen', step.texts))
          emulator.world.sendMessage({ from: 'chen', to: step.to, text });
        break;
      case 'chenRecalls': {
        const own = emulator.world
          .serverLog('p2p', 'chen', step.to)
          .filter(({ senderId }) => senderId === 'chen');
        const message = own[step.nth % own.length];
        if (message) emulator.world.recall(message, { operatorId: 'chen' });
        break;
      }
      case 'cut':
        emulator.faults.cut({ accountId: step.account, how: step.how });
        break;
      case 'halfOpen':
      case 'restore':
        emulator.faults[step.do]({ accountId: step.account });
        break;
      case 'fault': {
        const fault: ActiveFault = emulator.faults.add(step.fault);
        setTimeout(() => fault.remove(), step.forMs);
        break;
      }
      case 'hide':
        if (!this.phone(step.who).isShown) break;
        this.phone(step.who).hide();
        if (step.cut) this.phone(step.who).client.wx.sockets.cutAll();
        break;
      case 'show':
        this.phone(step.who).show();
        break;
      case 'network':
        this.phone(step.who).client.wx.network.set(step.on);
        break;
      case 'refuseConnects': {
        let left = step.times;
        this.phone(step.who).client.wx.options.connectFault = () =>
          left-- > 0 ? 'fail' : undefined;
        break;
      }
      default:
        if (this.phone(step.who).isShown) this.tap(this.phone(step.who), step);
    }
  }

  /** Performs an action of the user while the app is in the foreground. */
  private tap(phone: Phone, step: Extract<ChatStep, { who: string }>): void {
    switch (step.do) {
      case 'open':
        if (phone.chat?.targetId !== step.peer) phone.open(step.peer);
        break;
      case 'close':
        phone.close();
        break;
      case 'write':
        if (phone.chat) phone.write(this.newTexts(phone.name, step.texts));
        break;
      case 'recall':
      case 'remove':
        phone[step.do](step.nth);
        break;
      case 'clear':
        phone.clear(step.peer);
        break;
      case 'resend':
        phone.resendFailed();
        break;
      case 'older':
        phone.tap(phone.chat?.loadOlder());
        break;
      case 'scrollUp':
      case 'scrollDown':
        phone.scroll(step.do === 'scrollDown');
        break;
    }
  }

  private newTexts(who: string, count: number): string[] {
    return Array.from({ length: count }, () => `${who} ${++this.texts}`);
  }

  /** Removes the faults, gives the phones time to recover, and taps failed messages. */
  private async recover(): Promise<void> {
    const { emulator, clock, truth } = this;
    emulator.faults.clear();
    emulator.faults.restore();
    for (const phone of this.phones) {
      phone.client.wx.options.connectFault = () => undefined;
      phone.client.wx.network.set(true);
      phone.show();
    }
    const online = () => this.phones.every(({ isOnline }) => isOnline);
    if (!(await clock.reach(online, RECOVER_MS, this.look)))
      truth.report('stuck', `online: ${this.phones.map(({ isOnline }) => isOnline).join(' ')}`);
    await clock.pass(SETTLE_MS, this.look);
    for (const phone of this.phones) {
      // The page shows the error and the user taps "try again".
      if (phone.chat?.error && !phone.chat.ready) phone.tap(phone.chat.loadOlder());
      phone.clearAgain();
      phone.resendFailed();
      await this.resendUnsent(phone);
    }
    await clock.pass(SETTLE_MS, this.look);
  }

  /** Opens the chats with unsent messages and taps the messages. */
  private async resendUnsent(phone: Phone): Promise<void> {
    const { clock, truth } = this;
    const unsent = () => phone.written.filter(({ text }) => !truth.hasTaken(text));
    const { conversations } = phone.client.account;
    const marked = PEOPLE.filter(
      (peer) => conversations.get(phone.conversationId(peer))?.preview.status === 'failed',
    );
    for (const peer of new Set([...marked, ...unsent().map((one) => one.peer)])) {
      const chat = phone.chat?.targetId === peer ? phone.chat : phone.open(peer);
      if (!(await clock.reach(() => chat.ready, SEND_MS, this.look)))
        truth.report('stuck', `${phone.name}'s chat with ${peer} does not open`);
      phone.resendFailed();
      await clock.reach(() => !unsent().some((one) => one.peer === peer), SEND_MS, this.look);
    }
  }

  /** Reads every chat of every phone to its first message. The last chat stays open. */
  private async readEverything(): Promise<void> {
    const { clock, truth } = this;
    for (const phone of this.phones) {
      for (const peer of PEOPLE) {
        if (peer === phone.accountId) continue;
        phone.close();
        const chat = phone.open(peer);
        if (!(await clock.reach(() => chat.ready, SEND_MS, this.look))) {
          truth.report('stuck', `${phone.name}'s chat with ${peer} does not open`);
          continue;
        }
        for (let pages = 0; chat.hasOlder && pages < MOST_PAGES; pages++)
          await clock.until(chat.loadOlder(), 'an older page', SEND_MS, this.look);
        if (chat.hasOlder)
          truth.report('stuck', `${phone.name}: the older pages with ${peer} do not end`);
        await clock.pass(300, this.look);
        truth.checkRows(phone, 'opened anew', true);
      }
      phone.close();
    }
  }

  private checkPhone({ name, client, thrown }: Phone): void {
    const { truth } = this;
    for (const cause of [...client.wx.errors, ...thrown])
      truth.report('thrown', `${name}: ${describeError(cause)}`);
    const { maxLive } = client.wx.sockets;
    if (maxLive > 1) truth.report('sockets', `${name} had ${maxLive} IM sockets`);
    const { status } = client.root.session;
    if (status !== 'signedIn') truth.report('stuck', `${name} is ${status}`);
  }
}
