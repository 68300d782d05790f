import { page } from '@/components/page/page';
import { CallView } from './call-view';

export default page(CallView, {
  kind: 'call',
  title: (t, { account }) =>
    account ? t(account.call.devices.type === 'video' ? 'call.video' : 'call.audio') : '',
});
