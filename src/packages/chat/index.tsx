import { page } from '@/components/page/page';
import { paramOf } from '@/components/page/page-params';
import { ChatView } from './chat-view';
import { chatTexts } from './texts';
import { isTypingIn } from './use-typing';

export default page(ChatView, {
  kind: 'inner',
  title: (t, root, params) => {
    const { account, settings } = root;
    const conversationId = paramOf(params, 'conversationId');
    if (isTypingIn(root, conversationId)) return chatTexts(settings.language)('title.typing');
    const title = account?.titleOf(conversationId) || t('chat.title');
    const count = account?.memberCountOf(conversationId);
    return count ? chatTexts(settings.language)('title.count', { title, count }) : title;
  },
});
