import { MessageType } from '@/sdk/constants';
import { soundMessage } from '@/sdk/sound-message';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import { QueryDirection } from '../connection/constants';
import type { RoomMessage } from '../sdk-types';

const PAGE = 30;

/** Asks for the pictures and videos of a room beside a message. @throws ConnectionError */
export async function roomMediaPage(
  connection: ChatroomConnection,
  side: 'older' | 'newer',
  { createTime }: Pick<RoomMessage, 'createTime'>,
): Promise<readonly RoomMessage[]> {
  const page = await connection.call(({ room }) =>
    room.getMessageList({
      direction: (side === 'older' ? QueryDirection.DESC : QueryDirection.ASC) as never,
      beginTime: createTime,
      limit: PAGE,
      messageTypes: [MessageType.IMAGE, MessageType.VIDEO] as never,
    }),
  );
  return page
    .map((message) => soundMessage(message, createTime))
    .filter((message): message is RoomMessage => message !== undefined);
}
