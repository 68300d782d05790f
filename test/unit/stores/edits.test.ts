import { earlierTexts, Edits } from '@/stores/chat/edits';
import type { V2NIMMessage } from '@/sdk/types';
import { conversation, CONVERSATION, ME, message } from './fakes/builders';
import { openChat } from './fakes/chat-stage';

const bytesOf = (text: string | undefined) => Buffer.byteLength(text ?? '');

/** Saves texts over each other, as the server would. Returns the last copy. */
async function saved(first: Partial<V2NIMMessage>, ...texts: string[]): Promise<V2NIMMessage> {
  const { connection, host, conversations } = await openChat();
  connection.answers.set('modifyMessage', (one: V2NIMMessage, fields: Partial<V2NIMMessage>) => ({
    errorCode: 200,
    message: { ...one, ...fields, modifyTime: (one.modifyTime || one.createTime) + 1 },
  }));
  const edits = new Edits(connection.asConnection(), host.clock, conversations.removed);
  let now = message({ senderId: ME, ...first });
  for (const text of texts) await edits.save(now, text, (edited) => (now = edited));
  return now;
}

const versions = ({ serverExtension }: V2NIMMessage) =>
  earlierTexts(serverExtension).map(({ text }) => text);

test('the newest ten earlier texts are kept, the oldest first, with their times', async () => {
  const texts = Array.from({ length: 14 }, (_, i) => `v${i + 1}`);
  const last = await saved({ text: 'v0', createTime: 1000 }, ...texts);
  expect(versions(last)).toEqual(texts.slice(3, 13));
  expect(earlierTexts(last.serverExtension).at(-1)?.time).toBe(1013);
});

test('earlier texts fit into the server extension beside its other fields', async () => {
  const serverExtension = JSON.stringify({ waveform: [1, 2], own: 'x'.repeat(300) });
  const long = '很长'.repeat(60);
  const last = await saved({ text: long, serverExtension }, `${long}1`, `${long}2`, 'short');
  expect(bytesOf(last.serverExtension)).toBeLessThanOrEqual(1024);
  expect(versions(last)).toEqual([`${long}2`]);
  expect(JSON.parse(last.serverExtension ?? '')).toMatchObject({ own: 'x'.repeat(300) });
});

test('a single text that is too long is cut, and an extension without room has none', async () => {
  const long = await saved({ text: '很'.repeat(5000) }, 'short');
  expect(bytesOf(long.serverExtension)).toBeLessThanOrEqual(1024);
  expect(versions(long)[0]).toMatch(/^很{100,}…$/);
  const full = JSON.stringify({ own: 'x'.repeat(1010) });
  const last = await saved({ text: 'before', serverExtension: full }, 'after');
  expect(last.serverExtension).toBe(full);
});

test('mentions move with their names, and go with them', async () => {
  const yxAitMsg = {
    ben: { text: '@Ben ', segments: [{ start: 0, end: 4, broken: false }] },
    cid: { text: '@Cid ', segments: [{ start: 5, end: 9, broken: false }] },
  };
  const serverExtension = JSON.stringify({ yxAitMsg });
  const last = await saved({ text: '@Ben @Cid hello', serverExtension }, 'hello @Cid');
  expect(JSON.parse(last.serverExtension ?? '')).toMatchObject({
    yxAitMsg: { cid: { text: '@Cid ', segments: [{ start: 6, end: 10, broken: false }] } },
  });
  expect(last.serverExtension).not.toContain('ben');
});

test('an extension of fields of any type has no earlier texts, and none throws', () => {
  const odd = ['', '{', '[]', '{"xEdits":1}', '{"xEdits":[null,1,{"t":2}]}', null, 7];
  for (const one of odd) expect(earlierTexts(one)).toEqual([]);
});

describe('a change that the server does not confirm in time', () => {
  async function saveUnanswered(onServer: string) {
    const { connection, host, conversations } = await openChat();
    const before = message({ senderId: ME, text: 'before', createTime: 1000 });
    connection.answers.set('modifyMessage', () => Promise.reject({ code: 192004 }));
    connection.answers.set('getMessageList', () => [{ ...before, text: onServer }]);
    const edits = new Edits(connection.asConnection(), host.clock, conversations.removed);
    const shown: string[] = [];
    const saving = edits.save(before, 'after', ({ text }) => shown.push(text ?? ''));
    return { saving, shown };
  }

  test('is shown when the server has made the change', async () => {
    const { saving, shown } = await saveUnanswered('after');
    await saving;
    expect(shown).toEqual(['after']);
  });

  test('fails with its code when the server has the old text', async () => {
    const { saving, shown } = await saveUnanswered('before');
    await expect(saving).rejects.toMatchObject({ code: 192004 });
    expect(shown).toEqual([]);
  });
});

test('the list shows the new text at once, also when it names the message with its old text afterwards', async () => {
  const { connection, host, conversations } = await openChat();
  const before = message({ senderId: ME, isSelf: true, text: 'before', createTime: 1000 });
  connection.emit('conversation', 'onConversationCreated', conversation(before));
  await host.clock.advance(200);
  connection.answers.set('modifyMessage', (one: V2NIMMessage, fields: Partial<V2NIMMessage>) => {
    const edited = { ...one, ...fields, modifyTime: (one.modifyTime || one.createTime) + 1 };
    connection.emit('conversation', 'onConversationChanged', [conversation(edited)]);
    return { errorCode: 200, message: edited };
  });
  const { removed } = conversations;
  const edits = new Edits(connection.asConnection(), host.clock, removed, (one) =>
    conversations.showEdit(one),
  );
  const preview = () => conversations.get(CONVERSATION)?.preview.text;
  let now = before;
  for (const text of ['first', 'second']) {
    await edits.save(now, text, (edited) => (now = edited));
    await host.clock.advance(200);
    expect(preview()).toBe(text);
  }
  connection.emit('conversation', 'onConversationChanged', [conversation(before)]);
  await host.clock.advance(200);
  expect(preview()).toBe('second');
});
