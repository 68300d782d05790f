import { page } from '@/components/page/page';
import '@meeting-kit';
import { MeetingView } from './meeting-view';
import { meetingTexts } from './texts';

export default page(MeetingView, {
  kind: 'inner',
  title: (_t, { settings }) => meetingTexts(settings.language)('title'),
});
