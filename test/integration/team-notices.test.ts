import { previewText } from '@/components/format/preview-text';
import { teamNoticeText } from '@/components/format/team-notice';
import { appTexts } from '@/i18n';
import type { TeamNotice } from '@/stores';
import { rowsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const t = appTexts('zh-CN');
const KINDS = [
  ['team', 2],
  ['superTeam', 3],
] as const;

describe.each(KINDS)('the notices of a %s', (kind, type) => {
  test('have the same text in the chat, and in the list of conversations, for each change', async () => {
    const { teams } = world.emulator;
    const { teamId } = teams.create({ kind, name: 'Riders', owner: 'ben', members: ['anna'] });
    const anna = await world.online('anna');
    const { account } = anna;
    const id = `anna|${type}|${teamId}`;
    const chat = account.messages.open(id);
    await waitFor(() => chat.ready, { what: 'the first page' });
    const nameOf = (accountId: string) => account.users.get(accountId).name;
    const context = { myAccountId: 'anna', isP2p: false, nameOf };
    const newest = () => {
      const row = rowsOf(chat).at(-1);
      const notice = row?.content as TeamNotice | null | undefined;
      return row && notice ? teamNoticeText(notice, row.senderId, context, t) : '';
    };
    const listed = () => {
      const row = account.conversations.get(id);
      return row ? previewText(row.preview, context, t) : '';
    };
    const expectBoth = async (action: () => unknown, text: string) => {
      action();
      for (const shown of [newest, listed])
        await waitFor(() => shown() === text, { what: `"${text}", is "${shown()}"` });
    };

    const [ben, chen] = ['Name of ben', 'Name of chen'];
    await expectBoth(() => teams.invite(teamId, ['chen']), `${ben}邀请${chen}加入了群聊`);
    await expectBoth(() => teams.addManagers(teamId, ['anna']), `${ben}将你设为管理员`);
    await expectBoth(() => teams.removeManagers(teamId, ['anna']), `${ben}取消了你的管理员身份`);
    await expectBoth(() => teams.ban(teamId, 'chen'), `${ben}将${chen}禁言`);
    await expectBoth(() => teams.ban(teamId, 'chen', false), `${ben}解除了${chen}的禁言`);
    await expectBoth(() => teams.kick(teamId, ['chen']), `${ben}将${chen}移出了群聊`);
    await expectBoth(() => teams.passApplication(teamId, 'chen'), `${ben}通过了${chen}的入群申请`);
    await expectBoth(() => teams.leave(teamId, 'chen'), `${chen}退出了群聊`);
    await expectBoth(
      () => teams.acceptInvitation(teamId, 'chen', 'anna'),
      `${chen}接受你的邀请加入了群聊`,
    );
    await expectBoth(() => teams.update(teamId, { name: '骑行' }), `${ben}将群名称改为“骑行”`);
    await expectBoth(() => teams.update(teamId, { avatar: 'a.png' }), `${ben}更换了群头像`);
    await expectBoth(() => teams.update(teamId, { intro: '周末' }), `${ben}将群介绍改为“周末”`);
    await expectBoth(
      () => teams.update(teamId, { announcement: '8点' }),
      `${ben}更新了群公告：8点`,
    );
    await expectBoth(() => teams.update(teamId, { joinMode: 1 }), `${ben}将入群方式改为：需要验证`);
    await expectBoth(
      () => teams.update(teamId, { inviteMode: 0 }),
      `${ben}设置为仅管理员可以邀请他人`,
    );
    await expectBoth(() => teams.update(teamId, { agreeMode: 0 }), `${ben}设置为被邀请人需要同意`);
    await expectBoth(
      () => teams.update(teamId, { updateInfoMode: 0 }),
      `${ben}设置为仅管理员可以修改群信息`,
    );
    await expectBoth(
      () => teams.update(teamId, { updateExtensionMode: 0 }),
      `${ben}设置为仅管理员可以修改群扩展信息`,
    );
    await expectBoth(
      () => teams.update(teamId, { chatBannedMode: 1 }),
      `${ben}开启了全员禁言，群主和管理员除外`,
    );
    await expectBoth(() => teams.update(teamId, { chatBannedMode: 0 }), `${ben}关闭了全员禁言`);
    await expectBoth(() => teams.update(teamId, { serverExtension: '{}' }), `${ben}修改了群信息`);
    await expectBoth(() => teams.transferOwner(teamId, 'anna'), `${ben}将群主转让给了你`);
    await expectBoth(() => teams.dismiss(teamId), '你解散了群聊');
    chat.close();
  });

  test('are told by the list after the next start, too', async () => {
    const { teams } = world.emulator;
    const { teamId } = teams.create({ kind, name: 'Riders', owner: 'ben', members: ['anna'] });
    const id = `anna|${type}|${teamId}`;
    teams.update(teamId, { name: '骑行' });
    const anna = await world.online('anna');
    await waitFor(() => anna.account.conversations.get(id)?.preview.notice?.change === 'info', {
      what: 'the notice in the list',
    });
  });
});
