import { MemberRole } from '@/packages/chatroom/connection/constants';
import type { RoomMember } from '@/packages/chatroom/sdk-types';

export type RoleName = keyof typeof MemberRole;

/** Creates a member who is online and has no restrictions. */
export function member(
  accountId: string,
  role: RoleName = 'NORMAL_GUEST',
  more: Partial<RoomMember> = {},
): RoomMember {
  return {
    roomId: '9000',
    accountId,
    memberRole: MemberRole[role] as never,
    roomNick: accountId.toUpperCase(),
    isOnline: true,
    blocked: false,
    chatBanned: false,
    tempChatBanned: false,
    tempChatBannedDuration: 0,
    updateTime: 0,
    valid: true,
    multiEnterInfo: [],
    ...more,
  };
}
