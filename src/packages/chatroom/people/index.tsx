import { page } from '@/components/page';
import { PeopleView } from './people-view';
import { peopleTexts } from './texts';

export default page(PeopleView, {
  kind: 'inner',
  title: (_t, { settings }) => peopleTexts(settings.language)('people.title'),
});
