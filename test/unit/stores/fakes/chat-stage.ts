import { PeerReads } from '@/stores/conversations/peer-reads';
import { ConversationStore } from '@/stores/conversations/conversations';
import { ChatRegistry } from '@/stores/chat/chats';
import { UserStore } from '@/stores/people/users';
import type { V2NIMMessage } from '@/sdk/types';
import { settle } from '../../fakes/fake-clock';
import { CONVERSATION, draft } from './builders';
import { FakeConnection, fakePlatform } from './fake-connection';

/** An open chat over a connection of which the test has the server's log. */
export async function openChat(
  log: V2NIMMessage[] = [],
  { online = true, conversationId = CONVERSATION } = {},
) {
  const connection = new FakeConnection();
  const host = fakePlatform();
  connection.answers.set('getUserList', () => []);
  connection.answers.set('getFriendList', () => []);
  connection.answers.set('getConversationList', () => ({
    conversationList: [],
    offset: 0,
    finished: true,
  }));
  connection.answers.set('getP2PMessageReceipt', () => ({ timestamp: 0 }));
  connection.answers.set('tell', () => undefined);
  connection.serveHistory(log);
  Object.assign(connection.services, {
    messageCreator: { createTextMessage: (text: string) => draft({ text }) },
  });
  const users = new UserStore(connection.asConnection());
  const conversations = new ConversationStore(connection.asConnection(), users, host.platform);
  const peerReads = new PeerReads(connection.asConnection());
  const messages = new ChatRegistry(
    connection.asConnection(),
    conversations,
    host.platform,
    () => true,
    { peerReadUntil: (id) => peerReads.until(id) },
  );
  if (online) await connection.online();
  const chat = messages.open(conversationId);
  await settle();
  return {
    connection,
    host,
    messages,
    chat,
    conversations,
    /** Lets the server push messages. */
    push: async (...all: V2NIMMessage[]) => {
      connection.emit('message', 'onReceiveMessages', all);
      await host.clock.advance(200);
    },
    /** Texts of the rows, from the oldest to the newest. */
    shown: () => [
      ...chat.history.map((row) => row.text).reverse(),
      ...chat.live.map((row) => row.text),
    ],
  };
}
