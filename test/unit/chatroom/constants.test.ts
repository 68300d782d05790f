import { V2NIMChatroomConst } from 'nim-web-sdk-ng/dist/v2/CHATROOM_UNIAPP_SDK';
import * as constants from '@/packages/chatroom/connection/constants';

describe('the chatroom constants', () => {
  it('equal the SDK’s values', () => {
    const sdk = V2NIMChatroomConst as unknown as Record<string, Record<string, number>>;
    const pairs = [
      ['RoomStatus', 'V2NIMChatroomStatus', 'V2NIM_CHATROOM_STATUS_'],
      ['KickedReason', 'V2NIMChatroomKickedReason', 'V2NIM_CHATROOM_KICKED_REASON_'],
      ['MemberRole', 'V2NIMChatroomMemberRole', 'V2NIM_CHATROOM_MEMBER_ROLE_'],
      ['QueueLevelMode', 'V2NIMChatroomQueueLevelMode', 'V2NIM_CHATROOM_QUEUE_LEVEL_MODE_'],
      [
        'NotificationType',
        'V2NIMChatroomMessageNotificationType',
        'V2NIM_CHATROOM_MESSAGE_NOTIFICATION_TYPE_',
      ],
    ] as const;
    for (const [ours, theirs, prefix] of pairs) {
      const expected = Object.fromEntries(
        Object.keys(constants[ours]).map((name) => [name, sdk[theirs]?.[prefix + name]]),
      );
      expect([ours, constants[ours]]).toEqual([ours, expected]);
    }
  });
});
