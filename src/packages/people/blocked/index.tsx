import { page } from '@/components/page/page';
import { peopleTexts } from '../texts';
import { BlockedView } from './blocked-view';

export default page(BlockedView, {
  kind: 'inner',
  title: (_t, { settings }) => peopleTexts(settings.language)('blocked.title'),
});
