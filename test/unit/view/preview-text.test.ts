import { previewText, recallText } from '@/components/format/preview-text';
import { appTexts } from '@/i18n';
import type { MessageKind, Preview } from '@/stores';
import type { V2NIMLastMessage } from '@/sdk/types';
import { isPreview, previewOf, samePreview } from '@/stores/conversations/preview';
import { notificationKind } from '@/stores/messages/kinds/notification';

const zh = appTexts('zh-CN');
const en = appTexts('en');

describe('the preview of a conversation', () => {
  const preview = (fields: Partial<Preview>): Preview => ({
    kind: 'text',
    text: '',
    senderId: 'peer',
    status: 'sent',
    recalledBy: null,
    ...fields,
  });
  const p2p = { myAccountId: 'me', isP2p: true, nameOf: (id: string) => `<${id}>` };
  const team = { ...p2p, isP2p: false };

  test('is the text of a text message', () => {
    expect(previewText(preview({ text: 'hello' }), p2p, zh)).toBe('hello');
  });

  test.each<[MessageKind, string, string]>([
    ['image', '[图片]', '[Image]'],
    ['audio', '[语音]', '[Voice]'],
    ['video', '[视频]', '[Video]'],
    ['location', '[位置]', '[Location]'],
    ['file', '[文件]', '[File]'],
    ['call', '[通话]', '[Call]'],
    ['custom', '[自定义消息]', '[Custom message]'],
    ['unknown', '[暂不支持的消息]', '[Unsupported message]'],
  ])('names a message of kind %s', (kind, chinese, english) => {
    expect(previewText(preview({ kind }), p2p, zh)).toBe(chinese);
    expect(previewText(preview({ kind }), p2p, en)).toBe(english);
  });

  test('names the sender in a team, but not the user', () => {
    expect(previewText(preview({ text: 'hi' }), team, zh)).toBe('<peer>: hi');
    expect(previewText(preview({ text: 'hi', senderId: 'me' }), team, zh)).toBe('hi');
    expect(previewText(preview({ text: 'hi', senderId: '' }), team, zh)).toBe('hi');
  });

  test('of a team notice is the sentence of the chat, without the sender', () => {
    const notice = notificationKind.parse({
      attachment: { type: 3, updatedTeamInfo: { name: '新名' } },
    });
    if (!notice) throw new Error('no notice');
    const shown = preview({ kind: 'notification', notice });
    expect(previewText(shown, team, zh)).toBe('<peer>将群名称改为“新名”');
    expect(previewText(shown, team, en)).toBe('<peer> renamed the group to “新名”');
    expect(previewText(preview({ kind: 'notification' }), team, zh)).toBe('[通知]');
    expect(previewText(preview({ kind: 'tips', text: '欢迎' }), team, zh)).toBe('欢迎');
  });

  test('names the custom types that have a name', () => {
    const of = (json: object) =>
      previewOf({
        messageType: 100,
        attachment: { raw: JSON.stringify(json) },
        messageRefer: { senderId: 'me' },
      } as unknown as V2NIMLastMessage);
    const card = of({ type: 'nameCard', account: 'ben' });
    expect(previewText(card, p2p, zh)).toBe('[名片]');
    expect(previewText(card, p2p, en)).toBe('[Contact card]');
    const merged = of({ type: 101, data: { url: 'https://files.example/a.txt' } });
    expect(previewText(merged, p2p, zh)).toBe('[聊天记录]');
    expect(previewText(of({ type: 'nameCard' }), p2p, zh)).toBe('[自定义消息]');
    expect(previewText(of({ type: 'vote' }), p2p, zh)).toBe('[自定义消息]');
    expect([card, merged].every(isPreview)).toBe(true);
    expect(isPreview({ ...card, name: 'chat.send' })).toBe(false);
    expect(samePreview(card, { ...merged, name: 'preview.nameCard' })).toBe(true);
    expect(samePreview(card, merged)).toBe(false);
  });

  test('reports a recall with the account that recalled', () => {
    expect(previewText(preview({ recalledBy: 'me', senderId: 'me' }), p2p, zh)).toBe(
      '你撤回了一条消息',
    );
    expect(recallText('peer', 'peer', p2p, zh)).toBe('对方撤回了一条消息');
    expect(recallText('peer', 'peer', team, en)).toBe('"<peer>" recalled a message');
  });

  test.each([
    ['me', 'me', '你撤回了一条消息', 'You recalled a message'],
    ['me', 'peer', '你撤回了 "<peer>" 的一条消息', 'You recalled a message of "<peer>"'],
    ['boss', 'me', '"<boss>" 撤回了你的一条消息', '"<boss>" recalled your message'],
    [
      'boss',
      'peer',
      '"<boss>" 撤回了 "<peer>" 的一条消息',
      '"<boss>" recalled a message of "<peer>"',
    ],
    ['', 'peer', '一条消息已被系统撤回', 'The system recalled a message'],
  ])('says that %p recalled a message of %p', (by, senderId, chinese, english) => {
    expect(previewText(preview({ recalledBy: by, senderId }), team, zh)).toBe(chinese);
    expect(recallText(by, senderId, team, en)).toBe(english);
  });
});
