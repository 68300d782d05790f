import { mediaTexts } from '@/components/media/texts';
import { page } from '@/components/page/page';
import { ViewerView } from './viewer-view';

export default page(ViewerView, {
  kind: 'media',
  guests: true,
  title: (_, { settings }) => mediaTexts(settings.language)('picture'),
});
