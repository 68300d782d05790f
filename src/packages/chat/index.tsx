import { page } from '@/components/page/page';
import { paramOf } from '@/components/page/page-params';
import { ConversationType } from '@/sdk/constants';
import { addressOf } from '@/stores';
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
    const chatT = chatTexts(settings.language);
    const { type, targetId } = addressOf(conversationId);
    const isOnline =
      type === ConversationType.P2P && account ? account.presence.isOnline(targetId) : null;
    if (isOnline !== null) return chatT(isOnline ? 'title.online' : 'title.offline', { title });
    const count = account?.memberCountOf(conversationId);
    return count ? chatT('title.count', { title, count }) : title;
  },
});
