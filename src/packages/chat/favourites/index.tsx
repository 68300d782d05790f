import { page } from '@/components/page/page';
import { chatTexts } from '../texts';
import { FavouritesView } from './favourites-view';

export default page(FavouritesView, {
  kind: 'inner',
  title: (_t, { settings }) => chatTexts(settings.language)('favourites'),
});
