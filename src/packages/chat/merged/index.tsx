import { messageTexts } from '@/components/message/texts';
import { page } from '@/components/page/page';
import { paramOf } from '@/components/page/page-params';
import { MergedView } from './merged-view';

export default page(MergedView, {
  kind: 'inner',
  guests: true,
  title: (_t, { settings }, params) => {
    const t = messageTexts(settings.language);
    const name = paramOf(params, 'title');
    return name ? t('mergedOf', { name }) : t('merged');
  },
});
