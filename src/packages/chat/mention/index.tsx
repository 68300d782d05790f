import { page } from '@/components/page/page';
import { chatTexts } from '../texts';
import { MentionView } from './mention-view';

export default page(MentionView, {
  kind: 'inner',
  title: (_t, { settings }) => chatTexts(settings.language)('mention.title'),
});
