import { mediaTexts } from '@/components/media/texts';
import { page } from '@/components/page/page';
import { VideoView } from './video-view';

export default page(VideoView, {
  kind: 'media',
  guests: true,
  title: (_, { settings }) => mediaTexts(settings.language)('video'),
});
