import { page } from '@/components/page/page';
import { SearchView } from './search-view';
import { searchTexts } from './texts';

export default page(SearchView, {
  kind: 'inner',
  title: (_t, { settings }) => searchTexts(settings.language)('title'),
});
