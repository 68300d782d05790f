import { page } from '@/components/page/page';
import { settingsTexts } from '../texts';
import { StorageView } from './storage-view';

export default page(StorageView, {
  kind: 'inner',
  title: (_t, { settings }) => settingsTexts(settings.language)('storage'),
});
