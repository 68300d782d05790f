import { makeObservable, observableRef } from 'mobx';
import type { V2NIMTeam, V2NIMTeamMember } from '@/sdk/types';

/** Why the account may not write in a team. */
export type TeamClosed =
  | 'dismissed'
  /** The account left. */
  | 'left'
  /** The account was removed. */
  | 'kicked'
  /** The account is not a member. */
  | 'outside'
  /** The team is not valid for the account: dismissed, or the account is not a member. */
  | 'gone'
  /** The account is muted in the team. */
  | 'muted'
  /** All members but the owner and managers are muted. */
  | 'teamMuted'
  /** All members are muted. */
  | 'allMuted';

/** V2NIMTeamChatBannedMode. The server sends 3 for a mute of all, the SDK's typings say 2. */
const NORMAL_MUTED = 1;
const NORMAL_ROLE = 0;

/** The shown fields of a team and of its members. */
export class TeamEntry {
  name = '';
  avatar = '';
  /** JSON of the team, in which Yunxin's kits keep settings. */
  serverExtension = '';
  /** 0 while it is unknown. */
  memberCount = 0;
  /** The end of the membership or of the team, as an event said it. */
  ended: 'dismissed' | 'left' | 'kicked' | null = null;
  private isValid = true;
  private mutedMode = 0;
  private readonly members = new Map<string, TeamMember>();

  constructor(
    readonly teamId: string,
    /** V2NIMTeamType: 1 is a team, 2 a super team. */
    readonly teamType: number,
  ) {
    makeObservable<this, 'isValid' | 'mutedMode'>(this, {
      name: observableRef,
      avatar: observableRef,
      serverExtension: observableRef,
      memberCount: observableRef,
      ended: observableRef,
      isValid: observableRef,
      mutedMode: observableRef,
    });
  }

  get memberIds(): string[] {
    return [...this.members.keys()];
  }

  member(accountId: string): TeamMember | undefined {
    return this.members.get(accountId);
  }

  addMember(accountId: string): TeamMember {
    const member = new TeamMember();
    this.members.set(accountId, member);
    return member;
  }

  /** Takes over the team's data; an event may leave out what has not changed. Runs inside an action. */
  apply(team: Partial<V2NIMTeam>): void {
    this.name = team.name ?? this.name;
    this.avatar = team.avatar ?? this.avatar;
    this.memberCount = team.memberCount ?? this.memberCount;
    this.serverExtension = team.serverExtension ?? this.serverExtension;
    this.isValid = team.isValidTeam ?? this.isValid;
    this.mutedMode = team.chatBannedMode ?? this.mutedMode;
  }

  /** The account has joined the team, for the first time or again. Runs inside an action. */
  join(self: TeamMember | undefined): void {
    this.ended = null;
    this.isValid = true;
    if (self) self.isIn = null;
  }

  /** Whether a member is owner or manager; false while the role is unknown. */
  isManagedBy(self: TeamMember): boolean {
    return !this.ended && self.isIn !== false && (self.role ?? NORMAL_ROLE) !== NORMAL_ROLE;
  }

  /** Why a member may not write; null while the member may write, and while the reason is unknown. */
  closedFor(self: TeamMember): TeamClosed | null {
    if (this.ended) return this.ended;
    if (self.isIn === false) return 'outside';
    if (!this.isValid) return self.isIn ? 'dismissed' : 'gone';
    if (self.isMuted) return 'muted';
    if (this.mutedMode > NORMAL_MUTED) return 'allMuted';
    return this.mutedMode === NORMAL_MUTED && self.role === NORMAL_ROLE ? 'teamMuted' : null;
  }
}

/** A member of a team. Each field is read alone by some view: the nick by the rows, the rest by the composer. */
export class TeamMember {
  /** Empty when the member has set no nick. */
  nick = '';
  /** V2NIMTeamMemberRole; null while it is unknown. */
  role: number | null = null;
  isMuted = false;
  /** Null while it is unknown. */
  isIn: boolean | null = null;
  /** The members whom this member follows; the server tells them of the own membership only. */
  followed: readonly string[] = [];

  constructor() {
    makeObservable(this, {
      followed: observableRef,
      nick: observableRef,
      role: observableRef,
      isMuted: observableRef,
      isIn: observableRef,
    });
  }

  /** Takes over the member's data. Runs inside an action. */
  apply(member: V2NIMTeamMember): void {
    const { teamNick, memberRole, chatBanned, inTeam, followAccountIds } = member;
    this.nick = teamNick ?? '';
    this.role = memberRole ?? null;
    this.isMuted = chatBanned === true;
    this.isIn = inTeam !== false;
    if (Array.isArray(followAccountIds)) this.followed = followAccountIds;
  }
}
