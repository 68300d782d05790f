import { answered, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type {
  V2NIMCreateTeamParams,
  V2NIMCreateTeamResult,
  V2NIMTeam,
  V2NIMTeamJoinActionInfo,
  V2NIMUpdateTeamInfoParams,
} from '@/sdk/types';
import { uploadFile } from '../messages/upload-file';
import { APPLICATION } from './team-asks';

/** The id and the type (1 a team, 2 a super team) of a team. */
export interface TeamKey {
  readonly teamId: string;
  readonly teamType: number;
}

/**
 * The acts on teams. Each method sends one request and rejects with a ConnectionError: the server's code, or 191005
 * when no answer came within 10 s. The stores change with the SDK's events and not with the answers.
 */
export class TeamActs {
  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {}

  /** Creates a team. `failedList` has the accounts that were not invited. */
  create(
    params: V2NIMCreateTeamParams,
    inviteeIds: readonly string[],
    postscript = '',
  ): Promise<V2NIMCreateTeamResult> {
    return this.call((team) => team.createTeam(params, [...inviteeIds], postscript));
  }

  /** Invites accounts; resolves to the accounts that were not invited. */
  invite({ teamId, teamType }: TeamKey, ids: readonly string[], text = ''): Promise<string[]> {
    return this.call((team) => team.inviteMember(teamId, teamType, [...ids], text));
  }

  /** Accepts an application to an own team, or an invitation of the own account. */
  async accept(info: V2NIMTeamJoinActionInfo): Promise<void> {
    await this.call<unknown>((team) =>
      (info.actionType as number) === APPLICATION
        ? team.acceptJoinApplication(info)
        : team.acceptInvitation(info),
    );
  }

  /** Rejects an application to an own team, or an invitation of the own account, with a text. */
  reject(info: V2NIMTeamJoinActionInfo, text = ''): Promise<void> {
    return this.call((team) =>
      (info.actionType as number) === APPLICATION
        ? team.rejectJoinApplication(info, text)
        : team.rejectInvitation(info, text),
    );
  }

  /** Applies to a team. `isValidTeam` of the answer is true when the account is a member at once. */
  apply({ teamId, teamType }: TeamKey, text = ''): Promise<V2NIMTeam> {
    return this.call((team) => team.applyJoinTeam(teamId, teamType, text));
  }

  /** Requests a team by its id. Rejects with 108404 when there is no such team. */
  find({ teamId, teamType }: TeamKey): Promise<V2NIMTeam> {
    return this.call((team) => team.getTeamInfo(teamId, teamType));
  }

  kick({ teamId, teamType }: TeamKey, ids: readonly string[]): Promise<void> {
    return this.call((team) => team.kickMember(teamId, teamType, [...ids]));
  }

  leave({ teamId, teamType }: TeamKey): Promise<void> {
    return this.call((team) => team.leaveTeam(teamId, teamType));
  }

  dismiss({ teamId, teamType }: TeamKey): Promise<void> {
    return this.call((team) => team.dismissTeam(teamId, teamType));
  }

  /** Makes a member the owner. `leave`: the own account leaves the team in the same step. */
  transfer({ teamId, teamType }: TeamKey, accountId: string, leave = false): Promise<void> {
    return this.call((team) => team.transferTeamOwner(teamId, teamType, accountId, leave));
  }

  /** Makes members managers, or normal members again. */
  setManagers({ teamId, teamType }: TeamKey, ids: readonly string[], on: boolean): Promise<void> {
    const role = on ? 2 : 0;
    return this.call((team) => team.updateTeamMemberRole(teamId, teamType, [...ids], role));
  }

  /** Mutes the normal members, or ends this. */
  muteAll({ teamId, teamType }: TeamKey, on: boolean): Promise<void> {
    return this.call((team) => team.setTeamChatBannedMode(teamId, teamType, on ? 1 : 0));
  }

  muteMember({ teamId, teamType }: TeamKey, accountId: string, on: boolean): Promise<void> {
    return this.call((team) => team.setTeamMemberChatBannedStatus(teamId, teamType, accountId, on));
  }

  /** Sets the nick of another member; an empty text removes it. */
  setNick({ teamId, teamType }: TeamKey, accountId: string, nick: string): Promise<void> {
    return this.call((team) => team.updateTeamMemberNick(teamId, teamType, accountId, nick));
  }

  setOwnNick({ teamId, teamType }: TeamKey, teamNick: string): Promise<void> {
    return this.call((team) => team.updateSelfTeamMemberInfo(teamId, teamType, { teamNick }));
  }

  /** Follows members, or ends this: the server notifies the account of their messages also while the team is muted. */
  follow({ teamId, teamType }: TeamKey, ids: readonly string[], on: boolean): Promise<void> {
    return this.call((team) =>
      on
        ? team.addTeamMembersFollow(teamId, teamType, [...ids])
        : team.removeTeamMembersFollow(teamId, teamType, [...ids]),
    );
  }

  /** Changes name, introduction, announcement, avatar, extension or modes of a team. */
  update({ teamId, teamType }: TeamKey, change: V2NIMUpdateTeamInfoParams): Promise<void> {
    return this.call((team) => team.updateTeamInfo(teamId, teamType, change));
  }

  /** Uploads a picture; resolves to its address. Rejects with 191005 after 60 s. */
  uploadAvatar(file: string | File): Promise<string> {
    return uploadFile(this.connection, this.clock, file);
  }

  private call<T>(act: (team: ImConnection['services']['team']) => Promise<T>): Promise<T> {
    return answered(this.clock, () => act(this.connection.services.team));
  }
}
