import { page } from '@/components/page/page';
import { chatroomTexts } from '../texts';
import { RoomListView } from './room-list-view';

export default page(RoomListView, {
  kind: 'inner',
  guests: true,
  title: (_t, { settings }) => chatroomTexts(settings.language)('title'),
});
