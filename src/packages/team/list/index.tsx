import { page } from '@/components/page/page';
import { teamTexts } from '../texts';
import { ListView } from './list-view';

export default page(ListView, {
  kind: 'inner',
  title: (_t, { settings }) => teamTexts(settings.language)('list.title'),
});
