import { page } from '@/components/page/page';
import { peopleTexts } from '../texts';
import { AddView } from './add-view';

export default page(AddView, {
  kind: 'inner',
  title: (_t, { settings }) => peopleTexts(settings.language)('add.title'),
});
