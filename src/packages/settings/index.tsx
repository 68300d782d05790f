import { page } from '@/components/page/page';
import { SettingsView } from './settings-view';
import { settingsTexts } from './texts';

export default page(SettingsView, {
  kind: 'inner',
  title: (_t, { settings }) => settingsTexts(settings.language)('title'),
});
