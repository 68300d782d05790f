import { page } from '@/components/page/page';
import { diagnosticsTexts } from '../texts';
import { InspectorView } from './inspector-view';

export default page(InspectorView, {
  kind: 'inner',
  title: (_t, { settings }) => diagnosticsTexts(settings.language)('title'),
});
