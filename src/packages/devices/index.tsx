import { page } from '@/components/page/page';
import { DevicesView } from './devices-view';
import { devicesTexts } from './texts';

export default page(DevicesView, {
  kind: 'inner',
  title: (_t, { settings }) => devicesTexts(settings.language)('title'),
});
