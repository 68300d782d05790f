import { page } from '@/components/page/page';
import { peopleTexts } from '../texts';
import { NoticesView } from './notices-view';

export default page(NoticesView, {
  kind: 'inner',
  title: (_t, { settings }) => peopleTexts(settings.language)('notices.title'),
});
