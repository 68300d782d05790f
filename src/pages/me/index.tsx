import { page } from '@/components/page/page';
import { MeView } from './me-view';

export default page(MeView, { kind: 'tab', title: (t) => t('me.title') });
