import { page } from '@/components/page/page';
import { ForwardView } from './forward-view';
import { forwardTexts } from './texts';

export default page(ForwardView, {
  kind: 'inner',
  title: (_t, { settings }) => forwardTexts(settings.language)('title'),
});
