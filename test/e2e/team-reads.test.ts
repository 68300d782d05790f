import { LOOKS, openStage, send, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

const LONG = '名字很长的成员 With A Very Long Name That Does Not Fit Into The Row';

test.each(LOOKS)(
  'draws the readers of a message, the row of the list and the switch in $name',
  async (look) => {
    const { world } = stage.emulator;
    const [left, right] = stage.pair;
    const teamId = look.name === 'light-zh-CN' ? '880011' : '880012';
    world.addAccount({ accountId: 'long-name', name: LONG, token: '' });
    world.teams.createTeam({
      teamId,
      name: '周末骑行',
      owner: left,
      members: [right, 'long-name', 'grace', 'xuyan'].filter((one) => world.account(one)),
    });
    world.sendMessage({ type: 'team', from: right, to: teamId, text: '明天几点集合？' });
    const chat = (kind: number, id: string) =>
      `/packages/chat/index?conversationId=${encodeURIComponent(`${left}|${kind}|${id}`)}`;
    const phone = await stage.phone(left, { ...look, route: chat(2, teamId) });
    const { page } = phone;
    await page.locator('.bubble', { hasText: '明天几点集合' }).waitFor();
    await send(page, '早上八点，在东门');
    await page.locator('.reads').first().waitFor();
    await send(
      page,
      '路线一共六十公里，中间有两段上坡，请大家带好头盔、水和备用内胎，下雨就改到下周日，集合地点不变。',
    );
    await page.locator('.reads').nth(1).waitFor();
    expect((await page.locator('.composer-field').boundingBox())?.height).toBeLessThan(60);
    const sent = world.logs.readLog(`team|${teamId}`).filter((one) => one.senderId === left);
    const [first] = sent;
    if (first) for (const reader of [right, 'long-name']) world.extras.readBy(first, reader);
    await page.locator('.reads', { hasText: '2' }).first().waitFor();
    await phone.shoot(`team-reads-chat-${look.name}`);

    await page.locator('.reads').first().click();
    await page.locator('.rd-name').first().waitFor();
    await phone.shoot(`team-reads-page-${look.name}`);
    await page.locator('.rd-tab').nth(1).click();
    await phone.shoot(`team-reads-unread-${look.name}`);
    await phone.context.close();

    const two = await stage.phone(left, { ...look, route: chat(1, right) });
    await two.page.locator('.composer-field').waitFor();
    await send(two.page, '收到，我带水');
    await two.page.locator('.mine .bubble', { hasText: '收到，我带水' }).last().waitFor();
    await two.context.close();
    const list = await stage.phone(left, { ...look });
    await list.page.locator('.conv-sent, .conv-read').first().waitFor();
    await list.shoot(`team-reads-list-${look.name}`);
    await list.context.close();

    const me = await stage.phone(left, { ...look, route: '/pages/me/index' });
    await me.page.locator('.cell').first().waitFor();
    await me.shoot(`team-reads-me-${look.name}`);
    expect(me.errors).toEqual([]);
    await me.context.close();
  },
  120_000,
);
