import type { Emulator } from '../../emulator';
import { MemberRole } from '../../emulator/world/teams';
import type { AccountTeams } from '@/stores/teams/account-teams';
import type { OpenTeam } from '@/stores/teams/open-team';
import type { TeamKey } from '@/stores/teams/team-acts';
import { type Client, createClient } from '../harness';
import { timersOf } from './story-clock';
import type { Act, Player } from './team-story';

/** An act of a user with its arguments. */
export interface PlayedAct {
  act: Act;
  key: TeamKey;
  target: string;
  nth: number;
}

const nameOf = ({ teamId, teamType }: TeamKey) => `${teamType}|${teamId}`;

/** The app on a phone with the pages of its teams, and the acts of its user. */
export class TeamPhone {
  readonly client: Client;
  /** Rejections of the user's acts other than ConnectionErrors. */
  readonly thrown: unknown[] = [];
  /** The pages of teams that are open, by type and id. */
  readonly pages = new Map<string, OpenTeam>();
  private made: AccountTeams | null = null;

  constructor(
    emulator: Emulator,
    readonly name: Player,
  ) {
    this.client = createClient({ emulator, name, wxOptions: { clock: timersOf() } });
  }

  get isOnline(): boolean {
    return this.client.root.connection.isOnline;
  }

  /** The stores of the pages; a new login ends the pages of the last one. */
  get teams(): AccountTeams {
    const { client } = this;
    const teams = client.module.teamsOf(client.account.connection, client.core.platform.clock);
    if (this.made !== teams) this.pages.clear();
    this.made = teams;
    return teams;
  }

  async signIn(): Promise<void> {
    const accountId = this.name;
    await this.client.signIn({ way: 'static', accountId, token: `token-${accountId}` });
  }

  page(key: TeamKey): OpenTeam | undefined {
    return this.pages.get(nameOf(key));
  }

  /** Opens the page of the members of a team. */
  open(key: TeamKey): OpenTeam {
    const { teams } = this;
    const known = this.page(key);
    if (known) return known;
    const page = teams.open(key);
    this.pages.set(nameOf(key), page);
    void page.members.load();
    // The chat behind the page shows the name of the team and the nicks, and knows whether it is closed.
    this.chatOf(key);
    return page;
  }

  close(key: TeamKey): void {
    const page = this.page(key);
    if (!page) return;
    this.pages.delete(nameOf(key));
    this.teams.close(page);
  }

  /** The team as its chat shows it. */
  chatOf({ teamId, teamType }: TeamKey) {
    const { account } = this.client;
    const team = account.teams.teamOf(`${this.name}|${teamType + 1}|${teamId}`);
    if (!team) throw new Error(`${teamId} is no team`);
    return { team, closed: account.teams.closedOf(team) };
  }

  nickOf(key: TeamKey, accountId: string): string {
    return this.client.account.teams.nickOf(this.chatOf(key).team, accountId);
  }

  /** Taps what failed: pages and lists show their errors with "try again". */
  retry(): void {
    const { joined, requests } = this.teams;
    for (const page of this.pages.values()) {
      if (page.error && !page.ended) void page.load();
      if (page.members.error) void page.members.load();
    }
    if (joined.error) void joined.load();
    if (requests.error) void requests.load();
  }

  act(played: PlayedAct): void {
    this.run(played)?.catch((cause: unknown) => {
      if (!(cause instanceof Error && cause.name === 'ConnectionError')) this.thrown.push(cause);
    });
  }

  private run({ act, key, target, nth }: PlayedAct): Promise<unknown> | undefined {
    const { acts, requests } = this.teams;
    switch (act) {
      case 'create':
        return acts.create(
          { name: `team ${nth}`, teamType: 1, joinMode: nth % 2, agreeMode: nth % 2 } as never,
          [target].filter((id) => id !== this.name),
        );
      case 'invite':
        return acts.invite(key, [target], `come ${nth}`);
      case 'apply':
        return acts.apply(key, `please ${nth}`);
      case 'accept':
      case 'reject': {
        const open = requests.infos.filter(
          ({ actionType, actionStatus }) =>
            (actionStatus as number) === 0 && [0, 2].includes(actionType as number),
        );
        const info = open[nth % open.length];
        return info && requests.answer(info, act === 'accept', 'answer');
      }
      case 'kick':
        return acts.kick(key, [target]);
      case 'leave':
        return acts.leave(key);
      case 'dismiss':
        return acts.dismiss(key);
      case 'transfer':
        return acts.transfer(key, target);
      case 'transferAndLeave':
        return acts.transfer(key, target, true);
      case 'addManager':
        return acts.setManagers(key, [target], true);
      case 'removeManager':
        return acts.setManagers(key, [target], false);
      case 'muteAll':
        return acts.muteAll(key, true);
      case 'unmuteAll':
        return acts.muteAll(key, false);
      case 'muteMember':
        return acts.muteMember(key, target, true);
      case 'unmuteMember':
        return acts.muteMember(key, target, false);
      case 'setNick':
        return acts.setNick(key, target, `nick ${nth}`);
      case 'setOwnNick':
        return acts.setOwnNick(key, nth % 10 === 0 ? '' : `me ${nth}`);
      case 'update':
        return acts.update(key, changeOf(nth));
      case 'setModes':
        return acts.update(key, modesOf(nth) as never);
    }
  }
}

/** The change of a team's texts. */
function changeOf(nth: number): { name: string } | { intro: string } | { announcement: string } {
  if (nth % 3 === 0) return { name: `name ${nth}` };
  return nth % 3 === 1 ? { intro: `intro ${nth}` } : { announcement: `news ${nth}` };
}

/** The change of one of a team's modes. */
function modesOf(nth: number): Record<string, number> {
  const name =
    (['joinMode', 'agreeMode', 'inviteMode', 'updateInfoMode'] as const)[nth % 4] ?? 'joinMode';
  return { [name]: name === 'joinMode' ? nth % 3 : (nth >> 2) % 2 };
}

/** Performs an act in the name of an account without a client, as the server's API does. */
export function actOnServer({ teams, world }: Emulator, by: string, played: PlayedAct): void {
  const { act, target, nth } = played;
  const { teamId } = played.key;
  const operator = { operatorId: by };
  const isIn = world.teams.member(teamId, target)?.inTeam === true;
  const role = world.teams.member(teamId, target)?.role;
  switch (act) {
    case 'invite':
      if (!isIn) teams.invite(teamId, [target], operator);
      break;
    case 'kick':
      if (isIn && role === MemberRole.normal && target !== by)
        teams.kick(teamId, [target], operator);
      break;
    case 'dismiss':
      teams.dismiss(teamId, operator);
      break;
    case 'transfer':
    case 'transferAndLeave':
      if (isIn && target !== by)
        teams.transferOwner(teamId, target, { leave: act === 'transferAndLeave' });
      break;
    case 'addManager':
      if (isIn && role === MemberRole.normal) teams.addManagers(teamId, [target], operator);
      break;
    case 'removeManager':
      if (isIn && role === MemberRole.manager) teams.removeManagers(teamId, [target], operator);
      break;
    case 'muteAll':
    case 'unmuteAll':
      teams.update(teamId, { chatBannedMode: act === 'muteAll' ? 1 : 0 }, operator);
      break;
    case 'muteMember':
    case 'unmuteMember':
      if (isIn && role !== MemberRole.owner)
        teams.ban(teamId, target, act === 'muteMember', operator);
      break;
    case 'leave':
      if (world.teams.member(teamId, by)?.role !== MemberRole.owner) teams.leave(teamId, by);
      break;
    case 'update':
      teams.update(teamId, changeOf(nth), operator);
      break;
    case 'setModes':
      teams.update(teamId, modesOf(nth), operator);
      break;
    default:
  }
}
