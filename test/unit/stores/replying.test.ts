import { Replying } from '@/stores/chat/replying';
import type { Original } from '@/stores/chat/quotes';
import { settle } from '../fakes/fake-clock';
import { CONVERSATION, draft, message } from './fakes/builders';
import { openChat } from './fakes/chat-stage';

const original = message({ text: 'a question' });

function setUp(known: Original = original) {
  const replying = new Replying(CONVERSATION, () => known);
  replying.start(original);
  return replying;
}

describe('the fields of a reply', () => {
  test('name the original as the SDK and as the older kits name it, once', () => {
    const replying = setUp();
    const { messageClientId } = original;
    const fields = replying.take(draft());
    expect(fields.threadReply).toMatchObject({ messageClientId, conversationId: CONVERSATION });
    expect(fields.threadRoot).toMatchObject({ messageClientId });
    expect(JSON.parse(fields.serverExtension ?? '')).toMatchObject({
      yxReplyMsg: { idClient: messageClientId, to: CONVERSATION },
    });
    expect(replying.to).toBeNull();
    expect(replying.take(draft())).toEqual({});
  });

  test('keep what the extension has', () => {
    const serverExtension = JSON.stringify({ waveform: [1, 2] });
    const fields = setUp().take(draft({ serverExtension }));
    expect(JSON.parse(fields.serverExtension ?? '')).toHaveProperty('waveform', [1, 2]);
  });

  test('leave the extension alone that would be too long for the server', () => {
    const serverExtension = JSON.stringify({ note: '好'.repeat(300) });
    const fields = setUp().take(draft({ serverExtension }));
    expect(fields.threadReply).toBeDefined();
    expect(fields).not.toHaveProperty('serverExtension');
  });

  test('are missing after the original was recalled, and after the strip was closed', () => {
    expect(setUp('gone').take(draft())).toEqual({});
    const replying = setUp();
    replying.cancel();
    expect(replying.take(draft())).toEqual({});
  });
});

test('a reply is sent by replyMessage with its own id, and the next message by sendMessage', async () => {
  const { chat, connection } = await openChat([original]);
  chat.extras = setUp().take;
  chat.sendText('an answer');
  await settle();
  const { args } = connection.next('replyMessage');
  const { messageClientId } = original;
  expect(args[0]).toMatchObject({ text: 'an answer', threadReply: { messageClientId } });
  expect(args[1]).toMatchObject({ messageClientId, conversationId: CONVERSATION });
  chat.sendText('no answer');
  await settle();
  expect(connection.next('sendMessage').args[0]).toMatchObject({ text: 'no answer' });
});
