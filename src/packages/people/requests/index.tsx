import { page } from '@/components/page/page';
import { peopleTexts } from '../texts';
import { RequestsView } from './requests-view';

export default page(RequestsView, {
  kind: 'inner',
  title: (_t, { settings }) => peopleTexts(settings.language)('requests.title'),
});
