import { page } from '@/components/page/page';
import { chatTexts } from '../texts';
import { PersonView } from './person-view';

export default page(PersonView, {
  kind: 'inner',
  title: (_t, { settings }) => chatTexts(settings.language)('person.title'),
});
