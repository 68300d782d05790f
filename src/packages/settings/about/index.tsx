import { page } from '@/components/page/page';
import { settingsTexts } from '../texts';
import { AboutView } from './about-view';

export default page(AboutView, {
  kind: 'inner',
  title: (_t, { settings }) => settingsTexts(settings.language)('about'),
});
