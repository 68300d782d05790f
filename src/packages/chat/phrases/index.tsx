import { page } from '@/components/page/page';
import { chatTexts } from '../texts';
import { PhrasesView } from './phrases-view';

export default page(PhrasesView, {
  kind: 'inner',
  title: (_t, { settings }) => chatTexts(settings.language)('phrases'),
});
