import { page } from '@/components/page/page';
import { chatTexts } from '../texts';
import { PinsView } from './pins-view';

export default page(PinsView, {
  kind: 'inner',
  title: (_t, { settings }) => chatTexts(settings.language)('pins'),
});
