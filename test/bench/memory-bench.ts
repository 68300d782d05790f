import { ConversationStore } from '@/stores/conversations/conversations';
import { ChatRegistry } from '@/stores/chat/chats';
import { UserStore } from '@/stores/people/users';
import { settle } from '../unit/fakes/fake-clock';
import { conversation, ME, message } from '../unit/stores/fakes/builders';
import { FakeConnection, fakePlatform } from '../unit/stores/fakes/fake-connection';
import { atMost, type Figure } from './figures';
import { heapUsed } from './heap';

const CONVERSATIONS = 200;
const MESSAGES = 500;

/**
 * Measures the memory that remains after 100,000 messages in 200 conversations, each of them opened and
 * closed.
 */
export async function benchMemory(): Promise<Figure[]> {
  const connection = new FakeConnection();
  const { platform, clock } = fakePlatform();
  connection.answers.set('getUserList', () => []);
  connection.answers.set('getMessageList', () => []);
  connection.answers.set('getP2PMessageReceipt', () => ({ timestamp: 0 }));
  connection.answers.set('tell', () => undefined);
  connection.answers.set('sendP2PMessageReceipt', () => undefined);
  connection.answers.set('getConversationList', () => ({
    conversationList: [],
    offset: 0,
    finished: true,
  }));
  const users = new UserStore(connection.asConnection());
  const conversations = new ConversationStore(connection.asConnection(), users, platform);
  const messages = new ChatRegistry(connection.asConnection(), conversations, platform);
  await connection.online();

  const talk = async (peer: string) => {
    const conversationId = `${ME}|1|${peer}`;
    const chat = messages.open(conversationId);
    await settle();
    for (let i = 0; i < MESSAGES; i += 10) {
      const some = Array.from({ length: 10 }, () => message({ senderId: peer, conversationId }));
      connection.emit('message', 'onReceiveMessages', some);
      const [last = null] = some.slice(-1);
      connection.emit('conversation', 'onConversationChanged', [conversation(last)]);
      await clock.advance(200);
    }
    const { length } = chat.live;
    chat.close();
    await clock.advance(2000);
    return length;
  };

  // Not counted: objects that the first few conversations create once.
  for (let i = 0; i < 5; i++) await talk(`warm${i}`);
  const before = heapUsed();
  for (let i = 0; i < CONVERSATIONS; i++) {
    const shown = await talk(`peer${i}`);
    if (shown !== MESSAGES) throw new Error(`${shown} of ${MESSAGES} messages were shown`);
  }
  const left = heapUsed() - before;
  if (conversations.rows.length < CONVERSATIONS) throw new Error('conversations are missing');
  return [
    atMost('memory.bytes', left, 3_000_000, {
      unit: 'B',
      note: `${(left / CONVERSATIONS).toFixed(0)} B a conversation, after ${CONVERSATIONS * MESSAGES} messages`,
    }),
  ];
}
