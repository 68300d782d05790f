import { page, type PageParams } from '@/components/page';
import { addressOf } from '@/stores';
import { ChatView } from './chat-view';

export default page(ChatView, {
  kind: 'inner',
  title: (_, { account }, params) => {
    const { targetId } = addressOf(conversationIdOf(params));
    return account?.users.get(targetId).name ?? targetId;
  },
});

function conversationIdOf({ conversationId = '' }: PageParams): string {
  return decodeURIComponent(conversationId);
}
