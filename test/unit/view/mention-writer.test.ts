import { ComposerInlet } from '@/components/composer/composer-inlet';
import { MentionWriter } from '@/packages/chat/mention/mention-writer';
import type { V2NIMMessage } from '@/sdk/types';
import type { Chat } from '@/stores';

const BEN = JSON.stringify([{ accountId: 'ben', text: '@Ben ', start: 3 }]);

function write(draft = { text: '', extra: '' }) {
  const inlet = new ComposerInlet();
  const writer = new MentionWriter(inlet, draft);
  const sent: Partial<V2NIMMessage>[] = [];
  let { text } = draft;
  let caret = text.length;
  const take = (edited: { text: string; caret: number }) => ({ text, caret } = edited);
  inlet.write = (change) => take(writer.edit(change(text, { start: caret, end: caret })));
  const chat = {
    creator: {
      createTextMessage: (of: string) => ({ text: of, pushConfig: { pushEnabled: true } }),
    },
    send: (message: V2NIMMessage) => void sent.push(message),
    sendText: (of: string) => void sent.push({ text: of }),
  } as unknown as Chat;
  return {
    writer,
    type: (piece: string) =>
      take(writer.edit({ text: text + piece, caret: text.length + piece.length })),
    send: () => writer.prepare(text.trim())(chat, text.trim()),
    sent,
    text: () => text,
  };
}

describe('the mentions of the composer', () => {
  test('a typed @ asks for a member, whose mention takes its place', () => {
    const { writer, type, send, sent, text } = write();
    const onAt = jest.fn();
    writer.onAt = onAt;
    type('hi ');
    type('@');
    expect(onAt).toHaveBeenCalledTimes(1);
    writer.insert('ben', 'Ben');
    expect(text()).toBe('hi @Ben ');
    expect(onAt).toHaveBeenCalledTimes(1);
    type('come');
    send();
    expect(sent).toEqual([
      {
        text: 'hi @Ben come',
        serverExtension:
          '{"yxAitMsg":{"ben":{"text":"@Ben ","segments":[{"start":3,"end":7,"broken":false}]}}}',
        pushConfig: { pushEnabled: true, forcePush: true, forcePushAccountIds: ['ben'] },
      },
    ]);
  });

  test('a mention of all is pushed to all', () => {
    const { writer, send, sent } = write();
    writer.insert('ait_all', 'all');
    writer.insert('ben', 'Ben');
    send();
    expect(sent[0]?.pushConfig).toEqual({ pushEnabled: true, forcePush: true });
  });

  test('a text without mentions is sent as a plain text', () => {
    const { type, send, sent } = write();
    type('mail ben@x.org');
    send();
    expect(sent).toEqual([{ text: 'mail ben@x.org' }]);
  });

  test('a draft keeps its mentions', () => {
    const { writer, send, sent } = write({ text: 'hi @Ben ', extra: BEN });
    expect(writer.extra).toBe(BEN);
    send();
    expect(sent[0]?.serverExtension).toContain('yxAitMsg');
  });

  test.each(['{', '[7,null,{}]', '{"a":1}'])('a draft with the mentions %s has none', (extra) => {
    const { writer, send, sent } = write({ text: 'hi @Ben', extra });
    expect(writer.extra).toBe('');
    send();
    expect(sent).toEqual([{ text: 'hi @Ben' }]);
  });
});
