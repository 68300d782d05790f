import { page } from '@/components/page/page';
import { peopleTexts } from '../texts';
import { CardView } from './card-view';

export default page(CardView, {
  kind: 'inner',
  title: (_t, { settings }) => peopleTexts(settings.language)('card.title'),
});
