import type { Emulator } from '../../emulator';
import { MemberRole, TeamTag } from '../../emulator/world/teams';
import type { TeamRecord } from '../../emulator/world/world-state';
import type { TeamKey } from '@/stores/teams/team-acts';
import { type Class, describeError, type Problem } from './problems';
import type { TeamPhone } from './team-phone';

/** Names of the compared fields of a team, with their tags on the server. */
const FIELDS = {
  name: TeamTag.name,
  intro: TeamTag.intro,
  announcement: TeamTag.announcement,
  joinMode: TeamTag.joinMode,
  agreeMode: TeamTag.agreeMode,
  inviteMode: TeamTag.inviteMode,
  updateInfoMode: TeamTag.updateInfoMode,
  chatBannedMode: TeamTag.chatBannedMode,
  ownerAccountId: TeamTag.owner,
} as const;

/** Compares the pages, lists and chats of a phone with the server's record. */
export class TeamTruth {
  readonly problems: Problem[] = [];

  constructor(private readonly emulator: Emulator) {}

  report(problem: Class, text: string): void {
    this.problems.push({ class: problem, text });
  }

  keysOf(): TeamKey[] {
    return Object.values(this.emulator.world.state.teams).map(({ teamId, kind }) => ({
      teamId,
      teamType: kind === 'superTeam' ? 2 : 1,
    }));
  }

  check(phone: TeamPhone, when: string): void {
    for (const key of this.keysOf()) this.checkTeam(phone, key, when);
    this.checkList(phone, when);
  }

  checkEnd({ name, client, thrown }: TeamPhone): void {
    for (const cause of [...client.wx.errors, ...thrown])
      this.report('thrown', `${name}: ${describeError(cause)}`);
    if (client.wx.sockets.maxLive > 1)
      this.report('sockets', `${name} had ${client.wx.sockets.maxLive} IM sockets`);
    if (client.root.session.status !== 'signedIn')
      this.report('stuck', `${name} is ${client.root.session.status}`);
  }

  /** Shows the chat of a team with a message of each member. */
  read(phone: TeamPhone, key: TeamKey): void {
    phone.chatOf(key);
    for (const accountId of this.emulator.world.teams.memberIds(key.teamId))
      phone.nickOf(key, accountId);
  }

  private recordOf({ teamId }: TeamKey): TeamRecord {
    const record = this.emulator.world.teams.find(teamId);
    if (!record) throw new Error(`no team ${teamId}`);
    return record;
  }

  private checkTeam(phone: TeamPhone, key: TeamKey, when: string): void {
    const { world } = this.emulator;
    const { teamId } = key;
    const record = this.recordOf(key);
    const own = world.teams.member(teamId, phone.name);
    const isIn = record.valid && own?.inTeam === true;
    const where = `${phone.name}, team ${teamId} (${when})`;
    const page = phone.page(key);
    this.checkChat(phone, key, isIn, where);
    if (!page) return;
    if ((page.ended === null) !== isIn) {
      this.report('members', `${where}: the page says ${page.ended}, member is ${isIn}`);
      return;
    }
    if (!isIn || !own) return;
    const info = page.info as unknown as Record<string, unknown> | null;
    for (const [name, tag] of Object.entries(FIELDS)) {
      const expected = record.tags[tag] ?? 0;
      if (String(info?.[name]) !== String(expected))
        this.report(
          'info',
          `${where}: ${name} is ${String(info?.[name])}, expected ${String(expected)}`,
        );
    }
    const members = world.teams.memberRecords(teamId).filter(({ inTeam }) => inTeam);
    if (info?.memberCount !== members.length)
      this.report(
        'info',
        `${where}: ${String(info?.memberCount)} members, expected ${members.length}`,
      );
    if (page.isOwner !== (own.role === MemberRole.owner) || page.isManager !== own.role > 0)
      this.report(
        'roles',
        `${where}: own role ${String(page.self?.memberRole)}, expected ${own.role}`,
      );
    const { rows, state } = page.members;
    if (state !== 'ready') this.report('stuck', `${where}: the members are ${state}`);
    const same = (problem: Class, shown: string[], expected: string[]) => {
      const [a, b] = [shown.sort().join(' '), expected.sort().join(' ')];
      if (a !== b) this.report(problem, `${where}: ${a}, expected ${b}`);
    };
    same(
      'members',
      rows.map(({ accountId, member }) => `${accountId}(${member.teamNick ?? ''})`),
      members.map(({ accountId, teamNick }) => `${accountId}(${teamNick})`),
    );
    same(
      'roles',
      rows.map(({ accountId, role }) => `${accountId}${role}`),
      members.map(({ accountId, role }) => `${accountId}${role}`),
    );
    same(
      'mutes',
      rows.filter(({ member }) => member.chatBanned).map(({ accountId }) => accountId),
      members.filter(({ chatBanned }) => chatBanned).map(({ accountId }) => accountId),
    );
  }

  /** The name of the team above its chat, the nicks above the bubbles, and whether the composer is closed. */
  private checkChat(phone: TeamPhone, key: TeamKey, isIn: boolean, where: string): void {
    const { world } = this.emulator;
    const { team, closed } = phone.chatOf(key);
    const { tags } = this.recordOf(key);
    const own = world.teams.member(key.teamId, phone.name);
    const mode = Number(tags[TeamTag.chatBannedMode] ?? 0);
    const mayWrite =
      isIn && !own?.chatBanned && (mode === 0 || (mode === 1 && own?.role !== MemberRole.normal));
    if ((closed === null) !== mayWrite)
      this.report('mutes', `${where}: the chat is closed by ${closed}, may write is ${mayWrite}`);
    if (!isIn) return;
    const members = world.teams.memberRecords(key.teamId).filter(({ inTeam }) => inTeam);
    if (team.name !== tags[TeamTag.name] || team.memberCount !== members.length)
      this.report(
        'info',
        `${where}: the chat of "${team.name}" (${team.memberCount}), expected "${String(tags[TeamTag.name])}" (${members.length})`,
      );
    for (const { accountId, teamNick } of members) {
      const nick = phone.nickOf(key, accountId);
      if (nick !== teamNick)
        this.report(
          'members',
          `${where}: the chat calls ${accountId} "${nick}", expected "${teamNick}"`,
        );
    }
  }

  private checkList(phone: TeamPhone, when: string): void {
    const { world } = this.emulator;
    const expected = Object.values(world.state.teams)
      .filter(({ teamId, valid }) => valid && world.teams.member(teamId, phone.name)?.inTeam)
      .map(({ teamId, tags }) => `${teamId} ${String(tags[TeamTag.name])}`);
    const shown = phone.teams.joined.teams.map(({ teamId, name }) => `${teamId} ${name}`);
    const [a, b] = [shown.sort().join(', '), expected.sort().join(', ')];
    if (a !== b) this.report('members', `${phone.name} (${when}) lists ${a}, expected ${b}`);
  }
}
