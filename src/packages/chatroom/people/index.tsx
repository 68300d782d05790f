import { page } from '@/components/page/page';
import { PeopleView } from './people-view';
import { peopleTexts } from './texts';

export default page(PeopleView, {
  kind: 'inner',
  guests: true,
  title: (_t, { settings }) => peopleTexts(settings.language)('people.title'),
});
