import { page } from '@/components/page/page';
import { badgeText } from '@/components/format/badge-text';
import { ConversationsView } from './conversations-view';

export default page(ConversationsView, {
  kind: 'tab',
  title: (t, { account }) => {
    const unread = account?.conversations.totalUnread ?? 0;
    return unread > 0
      ? t('conversations.titleUnread', { count: badgeText(unread) })
      : t('conversations.title');
  },
});
