import { page } from '@/components/page/page';
import { searchTexts } from '../texts';
import { ChatSearchView } from './chat-search-view';

export default page(ChatSearchView, {
  kind: 'inner',
  title: (_t, { settings }) => searchTexts(settings.language)('chat.title'),
});
