import { type Emulator, startEmulator } from '../../emulator';
import { createClient, disposeClients } from './support/client';

describe('two accounts on the emulator', () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await startEmulator({ world: 'empty' });
    emulator.world.addAccount({ accountId: 'ann', name: 'Ann' });
    emulator.world.addAccount({ accountId: 'ben', name: 'Ben' });
  });

  afterEach(async () => {
    await disposeClients();
    await emulator.close();
  });

  test('sign in, exchange messages, and find all messages in the history', async () => {
    const ann = createClient(emulator, 'ann');
    const ben = createClient(emulator, 'ben');
    await ann.login();
    await ben.login();

    const sent = await ann.sendText('ben', 'hello');
    const [messages] = await ben.waitFor('onReceiveMessages');
    expect(messages).toMatchObject([
      { text: 'hello', senderId: 'ann', messageServerId: sent.messageServerId },
    ]);
    await ben.sendText('ann', 'hi');

    const history = await ann.nim.V2NIMMessageService.getMessageList({
      conversationId: ann.conversationId('ben'),
      limit: 10,
      direction: 0,
    });
    expect(history.map(({ text }) => text)).toEqual(['hi', 'hello']);
    expect(emulator.unimplemented).toEqual([]);
  });
});
