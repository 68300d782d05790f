import { page } from '@/components/page/page';
import { chatTexts } from '../texts';
import { ReadersView } from './readers-view';

export default page(ReadersView, {
  kind: 'inner',
  title: (_t, { settings }) => chatTexts(settings.language)('reads.title'),
});
