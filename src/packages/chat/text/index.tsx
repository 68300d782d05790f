import { messageTexts } from '@/components/message/texts';
import { page } from '@/components/page/page';
import { TextView } from './text-view';

export default page(TextView, {
  kind: 'inner',
  title: (_t, { settings }) => messageTexts(settings.language)('selectTitle'),
});
