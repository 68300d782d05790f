import { page } from '@/components/page/page';
import { teamTexts } from '../texts';
import { SettingsView } from './settings-view';

export default page(SettingsView, {
  kind: 'inner',
  title: (_t, { settings }) => teamTexts(settings.language)('settings.title'),
});
