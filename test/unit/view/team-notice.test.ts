import { teamNoticeText } from '@/components/format/team-notice';
import { translatorFor } from '@/i18n';

const NAMES: Readonly<Record<string, string>> = { ben: '本', chen: '陈', dora: '朵拉' };
const context = { myAccountId: 'me', nameOf: (id: string) => NAMES[id] ?? id };
const say = (attachment: unknown, senderId = 'ben', language: 'zh-CN' | 'en' = 'zh-CN') =>
  teamNoticeText({ senderId, attachment: attachment as never }, context, translatorFor(language));

describe('what happened in a team', () => {
  test.each([
    [{ type: 0, targetIds: ['chen', 'me'] }, '本邀请陈、你加入了群聊'],
    [{ type: 401, targetIds: ['chen'] }, '本邀请陈加入了群聊'],
    [{ type: 1, targetIds: ['chen'] }, '本将陈移出了群聊'],
    [{ type: 2 }, '本退出了群聊'],
    [{ type: 3, updatedTeamInfo: { name: '新名' } }, '本将群名称改为“新名”'],
    [{ type: 404, updatedTeamInfo: { announcement: '周五聚餐' } }, '本更新了群公告：周五聚餐'],
    [{ type: 3, updatedTeamInfo: {} }, '本修改了群信息'],
    [{ type: 4 }, '本解散了群聊'],
    [{ type: 5, targetIds: ['chen'] }, '陈加入了群聊'],
    [{ type: 6, targetIds: ['dora'] }, '本将群主转让给了朵拉'],
    [{ type: 7, targetIds: ['me'] }, '你成为管理员'],
    [{ type: 8, targetIds: ['me'] }, '你不再是管理员'],
    [{ type: 9 }, '本加入了群聊'],
    [{ type: 10, targetIds: ['chen'], chatBanned: true }, '陈被禁言'],
    [{ type: 409, targetIds: ['chen'], chatBanned: false }, '陈被解除禁言'],
    [{ type: 402, targetIds: ['dora'] }, '本将朵拉移出了群聊'],
    [{ type: 403 }, '本退出了群聊'],
    [{ type: 404, updatedTeamInfo: { name: '大群' } }, '本将群名称改为“大群”'],
    [{ type: 405 }, '本解散了群聊'],
    [{ type: 406, targetIds: ['me'] }, '本将群主转让给了你'],
    [{ type: 407, targetIds: ['dora'] }, '朵拉成为管理员'],
    [{ type: 408, targetIds: ['dora'] }, '朵拉不再是管理员'],
    [{ type: 410, targetIds: ['dora'] }, '朵拉加入了群聊'],
    [{ type: 411 }, '本加入了群聊'],
    [
      { type: 0, targetIds: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
      '本邀请a、b、c、d、e等 7 人加入了群聊',
    ],
  ])('%j: %s', (attachment, text) => {
    expect(say(attachment)).toBe(text);
  });

  test('in English', () => {
    expect(say({ type: 0, targetIds: ['chen'] }, 'me', 'en')).toBe(
      '陈 invited to the group by you',
    );
  });

  test.each([[undefined], [null], [{}], [{ type: 99 }], [{ type: 'x' }]])(
    'is left to the general text for %j',
    (attachment) => {
      expect(say(attachment)).toBe('');
    },
  );

  test('a list that is none does not throw', () => {
    expect(say({ type: 1, targetIds: 'chen' })).toBe('本将移出了群聊');
  });
});
