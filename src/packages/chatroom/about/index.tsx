import { page } from '@/components/page/page';
import { peopleTexts } from '../people/texts';
import { AboutView } from './about-view';

export default page(AboutView, {
  kind: 'inner',
  guests: true,
  title: (_t, { settings }) => peopleTexts(settings.language)('about.title'),
});
