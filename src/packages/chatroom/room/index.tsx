import { page } from '@/components/page/page';
import { paramOf } from '@/components/page/page-params';
import { createChatroom } from '../index';
import { chatroomTexts } from '../texts';
import { RoomView } from './room-view';

export default page(RoomView, {
  kind: 'inner',
  guests: true,
  title: (_t, root, params, core) => {
    const { room, roomList } = createChatroom(core, root);
    const id = paramOf(params, 'roomId');
    const name = room?.roomId === id ? room.info?.roomName : undefined;
    const { language } = root.settings;
    return name ?? roomList.room(id)?.roomName ?? chatroomTexts(language)('title');
  },
});
