import { page } from '@/components/page/page';
import { chatTexts } from '../texts';
import { RemindersView } from './reminders-view';

export default page(RemindersView, {
  kind: 'inner',
  title: (_t, { settings }) => chatTexts(settings.language)('reminders.title'),
});
