import { page } from '@/components/page';
import { paramOf } from '@/components/page-params';
import { ChatView } from './chat-view';

export default page(ChatView, {
  kind: 'inner',
  title: (t, { account }, params) => {
    const conversationId = paramOf(params, 'conversationId');
    return account?.titleOf(conversationId) || t('chat.title');
  },
});
