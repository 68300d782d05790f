import { page } from '@/components/page/page';
import { teamTexts } from '../texts';
import { RequestsView } from './requests-view';

export default page(RequestsView, {
  kind: 'inner',
  title: (_t, { settings }) => teamTexts(settings.language)('requests.title'),
});
