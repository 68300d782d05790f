import { page } from '@/components/page/page';
import { teamTexts } from '../texts';
import { ApplyView } from './apply-view';

export default page(ApplyView, {
  kind: 'inner',
  title: (_t, { settings }) => teamTexts(settings.language)('apply.title'),
});
