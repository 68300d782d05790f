import type { Property } from '../protocol/packet';
import { Reason, Refusal } from '../protocol/reasons';
import { MessageType } from '../protocol/tags';
import { kindOf, MemberRole, type NewTeam, TeamTag } from './teams';
import type { StoredMessage, TeamRecord } from './world-state';
import type { World } from './world';

/** Number on the wire of each team notice: [team, super team]. */
export const TeamNotice = {
  invited: [0, 401],
  kicked: [1, 402],
  left: [2, 403],
  updated: [3, 404],
  dismissed: [4, 405],
  applicationPassed: [5, 410],
  ownerChanged: [6, 406],
  managersAdded: [7, 407],
  managersRemoved: [8, 408],
  invitationAccepted: [9, 411],
  memberBanned: [10, 409],
} as const;

export type TeamNoticeName = keyof typeof TeamNotice;

/** Number that no SDK knows; the SDK reports type -1. */
export const UNKNOWN_NOTICE = 99;

/** Fields of a team that `update` changes. */
export interface TeamChange {
  name?: string;
  intro?: string;
  announcement?: string;
  avatar?: string;
  serverExtension?: string;
  /** 0 free, 1 with consent, 2 nobody. */
  joinMode?: number;
  agreeMode?: number;
  inviteMode?: number;
  updateInfoMode?: number;
  updateExtensionMode?: number;
  /** 0 nobody is muted, 1 normal members, 3 all. */
  chatBannedMode?: number;
}

/** Data of a notice as on the wire. */
export interface NoticeData {
  ids?: string[];
  id?: string;
  mute?: 0 | 1;
  attach?: string;
  tinfo?: Property;
}

export interface RawNotice {
  from: string;
  data?: NoticeData;
  createTime?: number;
}

/** Who does something, and the extension of the notice. Default: the owner. */
export interface TeamOperator {
  operatorId?: string;
  extension?: string;
}

/**
 * Commands on teams and super teams, modelled on Yunxin's server API: each changes the team and writes the notice
 * that the server writes into the conversation. A removed member gets the notice of the removal.
 */
export class TeamAdmin {
  constructor(private readonly world: World) {}

  create(team: NewTeam): TeamRecord {
    for (const accountId of [team.owner, ...team.members]) this.world.requireAccount(accountId);
    return this.world.teams.createTeam(team);
  }

  invite(teamId: string, ids: string[], by: TeamOperator = {}): StoredMessage {
    this.join(teamId, ids, this.operator(teamId, by));
    return this.tell(teamId, 'invited', by, { ids });
  }

  kick(teamId: string, ids: string[], by: TeamOperator = {}): StoredMessage {
    const notice = this.tell(teamId, 'kicked', by, { ids }, -this.countOf(teamId, ids));
    this.remove(teamId, ids);
    return notice;
  }

  leave(teamId: string, accountId: string): StoredMessage {
    const notice = this.tell(
      teamId,
      'left',
      { operatorId: accountId },
      {},
      -this.countOf(teamId, [accountId]),
    );
    this.remove(teamId, [accountId]);
    return notice;
  }

  update(teamId: string, change: TeamChange, by: TeamOperator = {}): StoredMessage {
    const tags: Property = {};
    for (const [name, value] of Object.entries(change)) {
      tags[TeamTag[name as keyof TeamChange]] = value;
    }
    return this.updateTags(teamId, tags, by);
  }

  /** As `update`, by tag number. */
  updateTags(teamId: string, tags: Property, by: TeamOperator = {}): StoredMessage {
    const team = this.world.teams.changeTeam(teamId, tags);
    const tinfo = {
      ...tags,
      [TeamTag.teamId]: teamId,
      [TeamTag.updateTime]: team.tags[TeamTag.updateTime],
    };
    return this.tell(teamId, 'updated', by, { tinfo });
  }

  dismiss(teamId: string, by: TeamOperator = {}): StoredMessage {
    const notice = this.tell(teamId, 'dismissed', by, {});
    this.world.teams.changeTeam(teamId, {}, false);
    return notice;
  }

  passApplication(teamId: string, accountId: string, by: TeamOperator = {}): StoredMessage {
    this.join(teamId, [accountId], accountId);
    return this.tell(teamId, 'applicationPassed', by, { id: accountId });
  }

  /**
   * Makes `accountId` the owner; with `leave` the former owner leaves, and a second notice says so: the SDK takes a
   * member out for the notices 1 and 2 only (docs/yunxin-protocol.md, section 4.2).
   */
  transferOwner(
    teamId: string,
    accountId: string,
    { leave = false, extension }: { leave?: boolean; extension?: string } = {},
  ): StoredMessage {
    const { teams } = this.world;
    const formerOwner = this.operator(teamId, {});
    teams.requireMember(teamId, accountId);
    teams.changeTeam(teamId, { [TeamTag.owner]: accountId });
    teams.setRole(teamId, accountId, MemberRole.owner);
    teams.setRole(teamId, formerOwner, MemberRole.normal);
    const by = { operatorId: formerOwner, ...(extension === undefined ? {} : { extension }) };
    const notice = this.tell(teamId, 'ownerChanged', by, { id: accountId });
    if (leave) this.leave(teamId, formerOwner);
    return notice;
  }

  addManagers(teamId: string, ids: string[], by: TeamOperator = {}): StoredMessage {
    for (const id of ids) this.world.teams.setRole(teamId, id, MemberRole.manager);
    return this.tell(teamId, 'managersAdded', by, { ids });
  }

  removeManagers(teamId: string, ids: string[], by: TeamOperator = {}): StoredMessage {
    for (const id of ids) this.world.teams.setRole(teamId, id, MemberRole.normal);
    return this.tell(teamId, 'managersRemoved', by, { ids });
  }

  /** Lets an invited account in; `inviterId` is the account that invited. */
  acceptInvitation(teamId: string, accountId: string, inviterId?: string): StoredMessage {
    const inviter = this.operator(teamId, inviterId === undefined ? {} : { operatorId: inviterId });
    this.join(teamId, [accountId], inviter);
    return this.tell(teamId, 'invitationAccepted', { operatorId: accountId }, { id: inviter });
  }

  /** Forbids a member to write, or allows it again. */
  ban(teamId: string, accountId: string, banned = true, by: TeamOperator = {}): StoredMessage {
    this.world.teams.requireMember(teamId, accountId);
    this.world.teams.changeMember(teamId, accountId, { chatBanned: banned });
    return this.tell(teamId, 'memberBanned', by, { ids: [accountId], mute: banned ? 1 : 0 });
  }

  /** Writes a notice of any number and shape without a change of the team. */
  writeNotice(
    teamId: string,
    id: number,
    { from, data = {}, createTime }: RawNotice,
  ): StoredMessage {
    const kind = kindOf(this.world.teams.require(teamId));
    return this.world.sendMessage({
      type: kind,
      from,
      to: teamId,
      messageType: MessageType.notification,
      attachment: JSON.stringify({ id, data }),
      ...(createTime === undefined ? {} : { createTime }),
    });
  }

  /**
   * Writes a notice of each type, also of an unknown type, without a change of the team. A client that is online
   * takes the notices for true: its SDK drops the team at the end, because the last notice is the dismissal.
   */
  writeEachNotice(teamId: string, targetId: string): StoredMessage[] {
    const from = this.operator(teamId, {});
    const tinfo = this.world.teams.toWire(this.world.teams.require(teamId));
    const names: TeamNoticeName[] = [
      'invited',
      'invitationAccepted',
      'applicationPassed',
      'updated',
      'managersAdded',
      'managersRemoved',
      'ownerChanged',
      'memberBanned',
      'left',
      'kicked',
    ];
    const many: readonly TeamNoticeName[] = [
      'invited',
      'kicked',
      'managersAdded',
      'managersRemoved',
      'memberBanned',
    ];
    const notices = names.map((name) =>
      this.writeNotice(teamId, this.numberOf(teamId, name), {
        from: name === 'left' || name === 'invitationAccepted' ? targetId : from,
        data: {
          ...(many.includes(name) ? { ids: [targetId] } : { id: targetId }),
          ...(name === 'memberBanned' ? { mute: 1 } : {}),
          tinfo,
        },
      }),
    );
    return [
      ...notices,
      this.writeNotice(teamId, UNKNOWN_NOTICE, { from }),
      this.writeNotice(teamId, this.numberOf(teamId, 'dismissed'), { from }),
    ];
  }

  private numberOf(teamId: string, name: TeamNoticeName): number {
    const [team, superTeam] = TeamNotice[name];
    return kindOf(this.world.teams.require(teamId)) === 'superTeam' ? superTeam : team;
  }

  private operator(teamId: string, { operatorId }: TeamOperator): string {
    const owner = this.world.teams.require(teamId).tags[TeamTag.owner];
    return operatorId ?? String(owner);
  }

  private join(teamId: string, ids: readonly string[], inviterId: string): void {
    const { world } = this;
    world.teams.require(teamId);
    for (const accountId of ids) {
      world.requireAccount(accountId);
      if (world.teams.member(teamId, accountId)?.inTeam) {
        throw new Refusal(Reason.teamMemberAlreadyExist, `${accountId} is in team ${teamId}`);
      }
    }
    const time = world.now();
    for (const accountId of ids) world.teams.addMember(teamId, accountId, { inviterId, time });
    world.teams.changeTeam(teamId, { [TeamTag.memberUpdateTime]: time });
  }

  private countOf(teamId: string, ids: readonly string[]): number {
    return this.world.teams.memberIds(teamId).filter((id) => ids.includes(id)).length;
  }

  private remove(teamId: string, ids: readonly string[]): void {
    for (const id of ids) {
      this.world.teams.changeMember(teamId, id, { inTeam: false, role: MemberRole.normal });
    }
    this.world.teams.changeTeam(teamId, { [TeamTag.memberUpdateTime]: this.world.now() });
  }

  /** Writes a notice. `joining` corrects the number of members for a change that follows the notice. */
  private tell(
    teamId: string,
    name: TeamNoticeName,
    by: TeamOperator,
    data: NoticeData,
    joining = 0,
  ): StoredMessage {
    const team = this.world.teams.require(teamId);
    const wire = this.world.teams.toWire(team);
    const count = this.world.teams.memberIds(teamId).length + joining;
    const tinfo = { ...wire, [TeamTag.memberCount]: count };
    return this.writeNotice(teamId, this.numberOf(teamId, name), {
      from: this.operator(teamId, by),
      data: {
        tinfo,
        ...data,
        ...(by.extension === undefined ? {} : { attach: by.extension }),
      },
    });
  }
}
