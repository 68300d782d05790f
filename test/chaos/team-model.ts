import { type Emulator, startEmulator } from '../../emulator';
import { MemberRole } from '../../emulator/world/teams';
import type { TeamKey } from '@/stores/teams/team-acts';
import { describeError, type Outcome } from './problems';
import { collectRejections } from './rejections';
import { StoryClock } from './story-clock';
import { actOnServer, type PlayedAct, TeamPhone } from './team-phone';
import { ACCOUNTS, type Player, PLAYERS, type TeamStep, type TeamStory } from './team-story';
import { TeamTruth } from './team-truth';

export interface TeamPlayOptions {
  /** Called with each phone after the sign-in, before its pages exist, so that a test can plant a fault. */
  onPhone?: (phone: TeamPhone) => void;
  /** Receives the steps of the story. */
  trace?: (line: string) => void;
}

const SIGN_IN_MS = 60_000;
/** Time within which every phone is online after the faults have ended. The SDK detects a dead link after 53 s. */
const RECOVER_MS = 240_000;
/** Time within which late notifications arrive and late acts end. */
const SETTLE_MS = 45_000;
/** Acts of a story that create teams; the first teams are a team and a super team. */
const MOST_TEAMS = 5;

/** Plays a story on a fresh emulator and compares every phone with the server's record. */
export async function playTeams(story: TeamStory, options: TeamPlayOptions = {}): Promise<Outcome> {
  const clock = new StoryClock(story.seed);
  const rejections = collectRejections();
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of ACCOUNTS)
    emulator.world.addAccount({ accountId, token: `token-${accountId}`, name: accountId });
  const stage = new TeamStage(story, emulator, clock, options);
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
  return { problems: stage.truth.problems, texts: 0 };
}

class TeamStage {
  readonly truth: TeamTruth;
  private readonly phones: TeamPhone[] = [];

  constructor(
    private readonly story: TeamStory,
    private readonly emulator: Emulator,
    private readonly clock: StoryClock,
    private readonly options: TeamPlayOptions,
  ) {
    this.truth = new TeamTruth(emulator);
  }

  async play(): Promise<void> {
    const { story, clock, truth, emulator } = this;
    const [owner = 'anna', other = 'ben', third = 'chen'] = [0, 1, 2].map(
      (shift) => PLAYERS[(story.seed + shift) % PLAYERS.length],
    );
    emulator.teams.create({ name: 'Riders', owner, members: [other, 'dora'] });
    emulator.teams.create({
      kind: 'superTeam',
      name: 'City',
      owner: other,
      members: [owner, third],
    });
    for (const name of PLAYERS) {
      const phone = new TeamPhone(emulator, name);
      this.phones.push(phone);
      await clock.until(phone.signIn(), `${name} signs in`, SIGN_IN_MS);
      this.options.onPhone?.(phone);
      for (const key of truth.keysOf()) phone.open(key);
    }
    await clock.pass(1000);
    await this.perform(story.steps);
    await this.recover();
    await this.readAll();
    for (const phone of this.phones) truth.check(phone, 'after the faults');
    // New pages start from the server's state; from here on events alone keep the pages current.
    for (const phone of this.phones) for (const key of truth.keysOf()) phone.open(key);
    await clock.pass(2000);
    await this.perform(story.calm);
    await clock.pass(SETTLE_MS);
    await this.readAll();
    for (const phone of this.phones) {
      truth.check(phone, 'at the end');
      truth.checkEnd(phone);
    }
  }

  async dispose(): Promise<void> {
    for (const phone of this.phones) {
      try {
        await this.clock.until(phone.client.dispose(), `${phone.name} ends`, 60_000);
      } catch (cause) {
        this.truth.report('stuck', describeError(cause));
      }
    }
  }

  private phone(name: string): TeamPhone {
    const phone = this.phones.find((each) => each.name === name);
    if (!phone) throw new Error(`no phone ${name}`);
    return phone;
  }

  private async perform(steps: readonly TeamStep[]): Promise<void> {
    for (const step of steps) {
      this.options.trace?.(`${this.clock.now()} ${JSON.stringify(step)}`);
      await this.performOne(step);
    }
  }

  private async performOne(step: TeamStep): Promise<void> {
    const { clock, emulator, truth } = this;
    const keys = truth.keysOf();
    switch (step.do) {
      case 'wait':
        await clock.pass(step.ms);
        break;
      case 'act':
        this.act(step, keys);
        break;
      case 'open':
      case 'close':
        this.phone(step.who)[step.do](nthOf(keys, step.team));
        break;
      case 'hide':
      case 'show':
        this.phone(step.who).client.wx.app[step.do]();
        break;
      case 'network':
        this.phone(step.who).client.wx.network.set(step.on);
        break;
      case 'cut':
        emulator.faults.cut({ accountId: step.account, how: step.how });
        break;
      case 'halfOpen':
      case 'restore':
        emulator.faults[step.do]({ accountId: step.account });
        break;
      case 'fault': {
        const fault = emulator.faults.add(step.fault);
        setTimeout(() => fault.remove(), step.forMs);
        break;
      }
    }
  }

  private act(step: Extract<TeamStep, { do: 'act' }>, keys: readonly TeamKey[]): void {
    const { emulator } = this;
    const key = nthOf(keys, step.team);
    const { act, nth } = step;
    if (act === 'create' && keys.length >= MOST_TEAMS) return;
    const by = this.actorOf(step, key);
    const inTeam = emulator.world.teams.memberIds(key.teamId).filter((id) => id !== by);
    const targets =
      act === 'invite' || act === 'create'
        ? ACCOUNTS.filter((id) => !inTeam.includes(id) && id !== by)
        : inTeam;
    const target = targets[step.target % targets.length] ?? nthOf(ACCOUNTS, step.target);
    const played: PlayedAct = { act, key, target, nth };
    const phone = this.phones.find(({ name }) => name === by);
    if (phone) phone.act(played);
    else if (emulator.world.teams.find(key.teamId)?.valid) actOnServer(emulator, by, played);
  }

  /** The account that acts: one with the role, a player before others. */
  private actorOf({ act, as, nth }: Extract<TeamStep, { do: 'act' }>, { teamId }: TeamKey): string {
    if (as === 'any') {
      const outside = PLAYERS.filter(
        (name) => this.emulator.world.teams.member(teamId, name)?.inTeam !== true,
      );
      if (act === 'apply' && outside.length > 0) return nthOf(outside, nth);
      return nthOf(PLAYERS, nth);
    }
    const able = this.emulator.world.teams
      .memberRecords(teamId)
      .filter(
        ({ inTeam, role }) =>
          inTeam && (role === MemberRole.owner || (as === 'manager' && role > 0)),
      )
      .map(({ accountId }) => accountId);
    const players = able.filter((id) => PLAYERS.includes(id as Player));
    return players[nth % players.length] ?? able[nth % able.length] ?? nthOf(PLAYERS, nth);
  }

  /** The chats request names and nicks when they are first shown. */
  private async readAll(): Promise<void> {
    for (const phone of this.phones)
      for (const key of this.truth.keysOf()) this.truth.read(phone, key);
    await this.clock.pass(2000);
  }

  /** Removes the faults, gives the phones time to recover, and taps what failed. */
  private async recover(): Promise<void> {
    const { emulator, clock, truth } = this;
    emulator.faults.clear();
    emulator.faults.restore();
    for (const { client } of this.phones) {
      client.wx.network.set(true);
      client.wx.app.show();
    }
    const online = () => this.phones.every(({ isOnline }) => isOnline);
    if (!(await clock.reach(online, RECOVER_MS)))
      truth.report('stuck', `online: ${this.phones.map(({ isOnline }) => isOnline).join(' ')}`);
    await clock.pass(SETTLE_MS);
    for (const phone of this.phones) phone.retry();
    await clock.pass(SETTLE_MS);
  }
}

function nthOf<T>(list: readonly T[], nth: number): T {
  return list[nth % list.length] as T;
}
