import { type Emulator, startEmulator } from '../../emulator';
import { seededRandom } from '../../emulator/faults/random';
import type { V2NIMMessage } from '@/sdk/types';
import type { MessageRow } from '@/stores';
import { type Client, createClient, rowsOf, textsOf } from '../harness';
import { FrameFuzz } from './frame-fuzz';
import { pick } from './json-fuzz';
import { type Class, describeError, type Outcome, type Problem } from './problems';
import { collectRejections } from './rejections';
import { StoryClock, timersOf } from './story-clock';

/** What a played seed says of itself beside its problems. */
export interface FrameOutcome extends Outcome {
  changed: number;
  kinds: Readonly<Record<string, number>>;
  /** Links that were closed because the SDK could not read a frame. */
  rebuilt: number;
  last: readonly string[];
}

const TEAM = '7001';
const P2P = 'anna|1|ben';
/** Part of every text that is written to anna. */
const FOR_ANNA = 'for-anna';
const SHARE = 0.5;
const ROUNDS = 24;
/** Time within which a sign-in has an outcome, also from a server that answers nonsense. */
const SIGN_IN_MS = 240_000;
/** Longer than the pause between two links that are closed because of an unreadable frame. */
const RECOVER_MS = 240_000;
const CONNECTION_LINES = ['handler', 'socket'];

const signInOf = (accountId: string) =>
  ({ way: 'static', accountId, token: `token-${accountId}` }) as const;

/** Plays a seed: the frames of the IM link of one phone are changed while another account keeps it busy. */
export async function playFrames(seed: number): Promise<FrameOutcome> {
  const clock = new StoryClock(seed);
  const rejections = collectRejections();
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of ['anna', 'ben', 'chen'])
    emulator.world.addAccount({ accountId, token: `token-${accountId}`, name: accountId });
  const stage = new FrameStage(seed, emulator, clock);
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

class FrameStage {
  readonly problems: Problem[] = [];
  readonly fuzz: FrameFuzz;
  rebuilt = 0;
  private readonly random;
  private readonly phone: Client;
  private readonly ben: Client;

  constructor(
    seed: number,
    private readonly emulator: Emulator,
    private readonly clock: StoryClock,
  ) {
    this.random = seededRandom(seed * 7919);
    this.fuzz = new FrameFuzz(seededRandom(seed));
    this.phone = createClient({
      emulator,
      name: `phone of seed ${seed}`,
      wxOptions: { clock: timersOf(), alterFrame: this.fuzz.alter },
    });
    this.ben = createClient({ emulator, name: 'ben', wxOptions: { clock: timersOf() } });
  }

  report(problem: Class, text: string): void {
    this.problems.push({ class: problem, text });
  }

  async play(): Promise<void> {
    const { emulator, clock, fuzz, phone } = this;
    const { world } = emulator;
    world.relations.befriend('anna', 'ben');
    world.teams.createTeam({ teamId: TEAM, name: 'Team', owner: 'ben', members: ['anna'] });
    for (let nth = 0; nth < 30; nth++) this.write(`earlier ${nth}`);
    await clock.until(this.ben.signIn(signInOf('ben')), 'ben signs in', SIGN_IN_MS);
    // Half of the seeds change the login and the first sync too.
    if (this.random() < 0.5) fuzz.share = 0.15;
    await this.signIn('anna');
    fuzz.share = SHARE;
    for (let round = 0; round < ROUNDS; round++) await this.round(round);
    fuzz.share = 0;
    await this.recover();
    await this.switchAway();
    this.checkRecords();
    for (const cause of phone.wx.errors)
      this.report('thrown', `a callback: ${describeError(cause)}`);
  }

  async dispose(): Promise<void> {
    for (const client of [this.phone, this.ben]) {
      try {
        await this.clock.until(client.dispose(), `${client.name} ends`, 60_000);
      } catch (cause) {
        this.report('stuck', describeError(cause));
      }
      if (client.wx.sockets.live > 0) this.report('sockets', `${client.name} left a socket open`);
    }
  }

  /** Signs in until the phone is signed in; every attempt must have an outcome with a code. */
  private async signIn(accountId: string): Promise<void> {
    const { root } = this.phone;
    for (let attempt = 0; attempt < 8; attempt++) {
      if (attempt >= 4) this.fuzz.share = 0;
      await this.clock.until(
        root.session.signIn(signInOf(accountId)),
        `the outcome of the sign-in of ${accountId}`,
        SIGN_IN_MS,
      );
      if (root.session.status === 'signedIn') return;
      const code = root.session.error?.code;
      if (typeof code !== 'number')
        this.report('stuck', `a sign-in without error: ${String(code)}`);
    }
    throw new Error(`${accountId} cannot sign in`);
  }

  private write(text: string) {
    const { world } = this.emulator;
    return world.sendMessage({ from: 'ben', to: 'anna', text: `${FOR_ANNA} ${text}` });
  }

  private async round(round: number): Promise<void> {
    const { phone, clock, random } = this;
    if (phone.root.session.status !== 'signedIn') await this.signIn('anna');
    // The rebuilding of a link takes this time at most, and then the next frames come.
    await clock.reach(() => phone.root.connection.isOnline, 70_000);
    if (!phone.root.account) return;
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

  /** What another account and the server do to the phone. */
  private pushes(round: number): (() => unknown)[] {
    const { emulator, ben, random } = this;
    const { world } = emulator;
    const services = ben.account.connection.services;
    const { messageCreator: creator, team, notification, signalling } = services;
    const messages = services.message;
    const toAnna = (message: V2NIMMessage | null) =>
      message && messages.sendMessage(message, pick(['ben|1|anna', `ben|2|${TEAM}`], random));
    const own = () => {
      const log = world
        .serverLog('p2p', 'anna', 'ben')
        .filter(({ senderId }) => senderId === 'ben');
      const last = log[Math.floor(random() * log.length)];
      const chat = ben.account.messages.open('ben|1|anna');
      return last && (chat.row(last.messageClientId)?.message ?? undefined);
    };
    const withOwn = (act: (message: V2NIMMessage) => unknown) => () => {
      const found = own();
      return found && act(found);
    };
    return [
      () => this.write(`text ${round}`),
      () => world.sendMessage({ from: 'ben', to: TEAM, type: 'team', text: `team ${round}` }),
      () => toAnna(creator.createCustomMessage('c', '{"type":101,"data":{}}')),
      () => toAnna(creator.createLocationMessage(31.2, 121.4, 'Shanghai')),
      () => toAnna(creator.createTipsMessage('a tip')),
      () => toAnna(creator.createForwardMessage(creator.createTextMessage('forwarded'))),
      withOwn((one) => messages.addQuickComment(one, 1)),
      withOwn((one) => messages.pinMessage(one)),
      withOwn((one) => messages.revokeMessage(one)),
      () => notification.sendCustomNotification('ben|1|anna', '{"text":"notice"}'),
      () => notification.sendCustomNotification('ben|1|anna', '{"type":"typing","typing":1}'),
      () => team.updateTeamInfo(TEAM, 1, { name: `Team ${round}` } as never),
      () => team.updateTeamMemberNick(TEAM, 1, 'ben', `nick ${round}`),
      () => team.setTeamChatBannedMode(TEAM, 1, pick([0, 1], random) as never),
      () =>
        signalling.call({
          calleeAccountId: 'anna',
          requestId: `r${round}`,
          channelType: 1,
          signallingConfig: { offlineEnabled: true },
        } as never),
      () => world.broadcast('broadcast'),
      () => world.updateProfile('ben', { name: `Ben ${round}` }),
      () => world.recall(this.write(`recalled ${round}`), { operatorId: 'ben' }),
    ];
  }

  /** What the user of the phone does: each request has a reply. */
  private requests(round: number): (() => unknown)[] {
    const { phone, random } = this;
    const { account } = phone;
    const chat = () => account.messages.open(pick([P2P, `anna|2|${TEAM}`], random));
    const row = (): MessageRow | undefined => {
      const rows = rowsOf(chat());
      return rows[Math.floor(random() * rows.length)];
    };
    const teams = phone.module.teamsOf(account.connection, phone.core.platform.clock);
    const withRow = (act: (row: MessageRow) => unknown) => () => {
      const found = row();
      return found && act(found);
    };
    return [
      () => chat().sendText(`own ${round}`),
      () => chat().sendText(`own ${round}`),
      () => chat().loadOlder(),
      () => chat().close(),
      withRow((one) => chat().recall(one)),
      withRow((one) => chat().remove(one)),
      withRow((one) => chat().resend(one)),
      withRow((one) => one.message && phone.acts.reactions.toggle(one.message, 3)),
      withRow((one) => one.message && phone.acts.pins.pin(one.message)),
      () => phone.acts.pins.of(P2P).load(),
      () => account.conversations.markRead(P2P),
      () => account.acts.setStickTop(P2P, random() < 0.5),
      () => account.acts.setMuted(P2P, random() < 0.5),
      () => teams.open({ teamId: TEAM, teamType: 1 }).members.load(),
      () => teams.joined.load(),
      () => teams.requests.load(),
      () => new phone.module.PersonCard(account, 'ben'),
      () => account.users.get(`nobody-${round}`).name,
      () => account.call.start('ben', 'audio'),
      () => account.call.hangUp(),
      () => this.emulator.faults.cut({ accountId: 'anna' }),
      () => {
        phone.wx.app.hide();
        phone.wx.app.show();
      },
    ];
  }

  /** The link is the server's again: the phone syncs, or signs in again, and shows what comes. */
  private async recover(): Promise<void> {
    const { phone, clock, emulator } = this;
    const { root } = phone;
    const isIn = () => root.session.status === 'signedIn' && root.connection.isOnline;
    const isOut = () => !['signedIn', 'signingIn'].includes(root.session.status);
    if (!(await clock.reach(() => isIn() || isOut(), RECOVER_MS)))
      this.report('stuck', `${root.session.status} ${JSON.stringify(phone.core.manager.state)}`);
    if (!isIn()) await this.signIn('anna');
    await clock.pass(70_000);
    emulator.faults.cut({ accountId: 'anna' });
    await clock.reach(() => !root.connection.isOnline, 60_000);
    if (!(await clock.reach(() => root.connection.isOnline, RECOVER_MS)))
      this.report('stuck', 'no link after the faults have ended');
    const chat = phone.account.messages.open(P2P);
    this.write('the last');
    if (!(await clock.reach(() => textsOf(chat).includes(`${FOR_ANNA} the last`), 60_000)))
      this.report(
        'lost',
        `the last text is not shown: ${textsOf(chat).slice(-4).join(' | ').slice(0, 400)}`,
      );
    if (!phone.account.conversations.get(P2P)?.preview)
      this.report('lost', 'the list has no preview of the last text');
    const { live } = phone.core.gate.counts();
    if (live !== 1) this.report('sockets', `${live} sockets are live`);
    chat.close();
  }

  /** Another account on the same phone sees nothing of the first. */
  private async switchAway(): Promise<void> {
    const { phone, clock } = this;
    const before = { account: phone.account, chat: phone.account.messages.open(P2P) };
    await clock.until(phone.root.session.signOut(), 'the sign-out', SIGN_IN_MS);
    await this.signIn('chen');
    await clock.pass(5000);
    const shown = JSON.stringify([
      phone.account.conversations.rows.map((row) => [row.conversationId, row.name, row.preview]),
      [...phone.wx.storage],
      textsOf(before.chat),
    ]);
    if (shown.includes(FOR_ANNA) || shown.includes('anna'))
      this.report('lost', `chen sees data of anna: ${shown.slice(0, 600)}`);
  }

  /** A changed frame leaves one line at most, and never a flood. */
  private checkRecords(): void {
    const { phone, fuzz } = this;
    const lines = phone.core.journal.entries();
    this.rebuilt = lines.filter(({ text }) => text.startsWith('unreadable')).length;
    const faults = lines.filter(
      ({ kind, text }) =>
        CONNECTION_LINES.includes(kind) && /^(unreadable|on|\w+ on[A-Z])/.test(text),
    );
    if (faults.length > fuzz.changed)
      this.report('thrown', `${faults.length} lines for ${fuzz.changed} changed frames`);
  }
}
