import { teamNoticeText } from '@/components/format/team-notice';
import { appTexts } from '@/i18n';
import type { TeamNotice } from '@/stores';
import { notificationKind } from '@/stores/messages/kinds/notification';

const NAMES: Readonly<Record<string, string>> = { ben: '本', chen: '陈', dora: '朵拉' };
const context = { myAccountId: 'me', nameOf: (id: string) => NAMES[id] ?? id };
const say = (attachment: unknown, senderId = 'ben', language: 'zh-CN' | 'en' = 'zh-CN') =>
  textOf(notificationKind.parse({ attachment }), senderId, language);

function textOf(notice: TeamNotice | null, senderId: string, language: 'zh-CN' | 'en'): string {
  return notice ? teamNoticeText(notice, senderId, context, appTexts(language)) : '';
}

/** [V2NIMMessageNotificationType of a team, of a super team, the attachment's fields, Chinese, English] */
const ALL: [number, number, object, string, string][] = [
  [
    0,
    401,
    { targetIds: ['chen', 'me'] },
    '本邀请你、陈加入了群聊',
    '本 invited you, 陈 to the group',
  ],
  [1, 402, { targetIds: ['chen'] }, '本将陈移出了群聊', '本 removed 陈 from the group'],
  [2, 403, {}, '本退出了群聊', '本 left the group'],
  [3, 404, { updatedTeamInfo: {} }, '本修改了群信息', '本 changed the group details'],
  [4, 405, {}, '本解散了群聊', '本 dismissed the group'],
  [5, 410, { targetIds: ['chen'] }, '本通过了陈的入群申请', '本 let 陈 into the group'],
  [6, 406, { targetIds: ['dora'] }, '本将群主转让给了朵拉', '本 made 朵拉 the owner'],
  [7, 407, { targetIds: ['me'] }, '本将你设为管理员', '本 made you manager'],
  [8, 408, { targetIds: ['me'] }, '本取消了你的管理员身份', '本 took the manager role from you'],
  [
    9,
    411,
    { targetIds: ['dora'] },
    '本接受朵拉的邀请加入了群聊',
    '本 accepted the invitation of 朵拉',
  ],
  [10, 409, { targetIds: ['chen'], chatBanned: true }, '本将陈禁言', '本 muted 陈'],
];

describe('the text of a team notice', () => {
  test.each(ALL)('of type %i and %i', (team, superTeam, fields, chinese, english) => {
    for (const type of [team, superTeam]) {
      expect(say({ type, ...fields })).toBe(chinese);
      expect(say({ type, ...fields }, 'ben', 'en')).toBe(english);
    }
  });

  test('has all types of the SDK but the undefined type', () => {
    Object.assign(globalThis, { self: undefined });
    const { V2NIMConst } = jest.requireActual<{
      V2NIMConst: { V2NIMMessageNotificationType: Record<string, unknown> };
    }>('nim-web-sdk-ng/dist/esm/nim');
    const types = Object.values(V2NIMConst.V2NIMMessageNotificationType).filter(
      (type) => typeof type === 'number',
    );
    expect(types).toHaveLength(23);
    const told = ALL.flatMap(([team, superTeam]) => [team, superTeam]);
    expect(new Set([...told, -1])).toEqual(new Set(types));
  });

  test.each([
    [{ name: '新名' }, '本将群名称改为“新名”', '本 renamed the group to “新名”'],
    [{ name: '' }, '本清空了群名称', '本 removed the group name'],
    [{ avatar: 'https://a/b.png' }, '本更换了群头像', '本 changed the group picture'],
    [{ intro: '骑车' }, '本将群介绍改为“骑车”', '本 changed the group description to “骑车”'],
    [{ intro: ' ' }, '本清空了群介绍', '本 removed the group description'],
    [
      { announcement: '周五聚餐' },
      '本更新了群公告：周五聚餐',
      '本 changed the group notice: 周五聚餐',
    ],
    [{ announcement: '' }, '本清空了群公告', '本 removed the group notice'],
    [{ joinMode: 0 }, '本将入群方式改为：无需验证', '本 let everybody join the group'],
    [{ joinMode: 1 }, '本将入群方式改为：需要验证', '本 made joining need an approval'],
    [{ joinMode: 2 }, '本将入群方式改为：不允许申请', '本 closed the group to applications'],
    [{ inviteMode: 0 }, '本设置为仅管理员可以邀请他人', '本 let only managers invite'],
    [{ inviteMode: 1 }, '本设置为所有人可以邀请他人', '本 let everybody invite'],
    [{ agreeMode: 0 }, '本设置为被邀请人需要同意', '本 made invitations need a consent'],
    [{ agreeMode: 1 }, '本设置为被邀请人直接入群', '本 let invited people join at once'],
    [
      { updateInfoMode: 0 },
      '本设置为仅管理员可以修改群信息',
      '本 let only managers change the group details',
    ],
    [
      { updateInfoMode: 1 },
      '本设置为所有人可以修改群信息',
      '本 let everybody change the group details',
    ],
    [
      { updateExtensionMode: 0 },
      '本设置为仅管理员可以修改群扩展信息',
      '本 let only managers change the group extension',
    ],
    [
      { updateExtensionMode: 1 },
      '本设置为所有人可以修改群扩展信息',
      '本 let everybody change the group extension',
    ],
    [{ chatBannedMode: 0 }, '本关闭了全员禁言', '本 unmuted the group'],
    [
      { chatBannedMode: 1 },
      '本开启了全员禁言，群主和管理员除外',
      '本 muted the group except for the owner and managers',
    ],
    [{ chatBannedMode: 3 }, '本开启了全员禁言', '本 muted everybody in the group'],
    [{ memberLimit: 500 }, '本将群人数上限改为 500', '本 set the member limit to 500'],
    [
      { name: '新名', avatar: 'a' },
      '本将群名称改为“新名”；本更换了群头像',
      '本 renamed the group to “新名”; 本 changed the group picture',
    ],
    [{ serverExtension: '{}' }, '本修改了群信息', '本 changed the group details'],
    // The whole team instead of a change.
    [
      { name: 'a', avatar: 'b', intro: 'c', joinMode: 1 },
      '本修改了群信息',
      '本 changed the group details',
    ],
    // Wrong types.
    [{ name: 7, joinMode: 'free', avatar: null }, '本修改了群信息', '本 changed the group details'],
    [{ joinMode: 99 }, '本将入群方式改为：不允许申请', '本 closed the group to applications'],
  ])('tells the change %j', (updatedTeamInfo, chinese, english) => {
    for (const type of [3, 404]) {
      expect(say({ type, updatedTeamInfo })).toBe(chinese);
      expect(say({ type, updatedTeamInfo }, 'ben', 'en')).toBe(english);
    }
  });

  test.each([
    [
      { type: 10, targetIds: ['chen'], chatBanned: false },
      'ben',
      '本解除了陈的禁言',
      '本 unmuted 陈',
    ],
    [{ type: 5, targetIds: ['ben'] }, 'ben', '本加入了群聊', '本 joined the group'],
    [{ type: 9 }, 'ben', '本加入了群聊', '本 joined the group'],
    [{ type: 0, targetIds: ['chen'] }, 'me', '你邀请陈加入了群聊', 'You invited 陈 to the group'],
    [{ type: 1, targetIds: ['me'] }, 'ben', '本将你移出了群聊', '本 removed you from the group'],
    [{ type: 2 }, '', '成员退出了群聊', 'A member left the group'],
  ])('%j by "%s"', (attachment, senderId, chinese, english) => {
    expect(say(attachment, senderId)).toBe(chinese);
    expect(say(attachment, senderId, 'en')).toBe(english);
  });

  test('names five people, the reader first, and counts the others', () => {
    const many = (count: number) => [...Array.from({ length: count - 1 }, (_, i) => `p${i}`), 'me'];
    expect(say({ type: 0, targetIds: many(5) })).toBe('本邀请你、p0、p1、p2、p3加入了群聊');
    expect(say({ type: 0, targetIds: many(6) }, 'ben', 'en')).toBe(
      '本 invited you, p0, p1, p2, p3 and 1 other to the group',
    );
    const strangers = Array.from({ length: 200 }, (_, i) => `p${i}`);
    expect(say({ type: 0, targetIds: strangers })).toBe(
      '本邀请p0、p1、p2、p3、p4和另外 195 人加入了群聊',
    );
    expect(say({ type: 0, targetIds: strangers }, 'ben', 'en')).toBe(
      '本 invited p0, p1, p2, p3, p4 and 195 others to the group',
    );
  });

  test('cuts a long text', () => {
    const text = say({ type: 3, updatedTeamInfo: { announcement: '好'.repeat(5000) } });
    expect(text.length).toBeLessThan(120);
  });

  test.each([[undefined], [null], [{}], [{ type: 99 }], [{ type: 'x' }]])(
    'leaves %j to the general text',
    (attachment) => {
      expect(say(attachment)).toBe('');
    },
  );

  test('a malformed list does not throw', () => {
    expect(say({ type: 1, targetIds: 'chen' })).toBe('本将成员移出了群聊');
  });
});
