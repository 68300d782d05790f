import { ConversationStore } from '@/stores/conversations/conversations';
import { UserStore } from '@/stores/people/users';
import type { V2NIMLocalConversation, V2NIMMessage } from '@/sdk/types';
import { FakeConnection, fakePlatform } from './fake-connection';

/** A conversation list over a fake connection. */
export function conversationList(connection = new FakeConnection(), host = fakePlatform()) {
  connection.answers.set('getUserList', () => []);
  connection.answers.set('getFriendList', () => []);
  const users = new UserStore(connection.asConnection());
  const store = new ConversationStore(connection.asConnection(), users, host.platform);
  const list = (all: V2NIMLocalConversation[]) =>
    connection.answers.set('getConversationList', () => ({
      conversationList: all,
      offset: 0,
      finished: true,
    }));
  list([]);
  return {
    connection,
    host,
    store,
    list,
    changed: async (...all: V2NIMLocalConversation[]) => {
      connection.emit('conversation', 'onConversationChanged', all);
      await host.clock.advance(200);
    },
    received: (...all: V2NIMMessage[]) => connection.emit('message', 'onReceiveMessages', all),
  };
}
