import { page } from '@/components/page';
import '@room-kit';
import { MeetingView } from './meeting-view';
import { meetingTexts } from './texts';

export default page(MeetingView, {
  kind: 'inner',
  title: (_t, { settings }) => meetingTexts[settings.language].title,
});
