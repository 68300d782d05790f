import { page } from '@/components/page/page';
import { paramOf } from '@/components/page/page-params';
import { ChatView } from './chat-view';
import { chatTexts } from './texts';

export default page(ChatView, {
  kind: 'inner',
  title: (t, { account, settings }, params) => {
    const conversationId = paramOf(params, 'conversationId');
    const title = account?.titleOf(conversationId) || t('chat.title');
    const count = account?.memberCountOf(conversationId);
    return count ? chatTexts(settings.language)('title.count', { title, count }) : title;
  },
});
