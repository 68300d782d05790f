import { Finger } from './finger';
import { chatRoute, LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

const TEXT = '明天九点在西湖边见面，好吗？ The long way round, with everybody who has a bicycle.';

test.each(LOOKS)(
  'draws the pages of acts in $name: phrases, marks, favourites, forwarding, mentions',
  async (look) => {
    const { name } = look;
    const { world } = stage.emulator;
    const [to, from] = [`reader-${name}`, `writer-${name}`];
    const LONG = '名字很长的同事 With A Very Long Name That Does Not Fit';
    world.addAccount({ accountId: to, name: '安娜', token: `token-${to}` });
    world.addAccount({ accountId: from, name: LONG, token: '' });
    const teamId = name === 'light-zh-CN' ? '990001' : '990002';
    world.teams.createTeam({ teamId, name: '周末骑行', owner: to, members: [from] });
    for (const text of ['早上好', TEXT]) world.sendMessage({ from, to, text });
    const phone = await stage.phone(to, { ...look, route: chatRoute(to, from) });
    const { page, errors } = phone;
    const shoot = (what: string) => phone.shoot(`act-${what}-${name}`);
    const back = () => page.locator('.nav-back').last().click();
    const finger = await Finger.on(page);
    const choose = async (zh: string, en: string) => {
      const box = await page.locator('.bubble', { hasText: '西湖' }).first().boundingBox();
      if (!box) throw new Error('no bubble');
      await finger.down(box.y + box.height / 2, box.x + box.width / 2);
      await page.locator('.menu').waitFor();
      await finger.up();
      await page.locator('.menu-item', { hasText: new RegExp(`^(${zh}|${en})$`) }).tap();
    };
    await page.locator('.bubble', { hasText: '西湖' }).waitFor();
    await page.locator('.banner').waitFor({ state: 'detached' });

    await choose('标记', 'Pin');
    await page.locator('.mk').waitFor();
    await choose('收藏', 'Favourite');
    await page.getByText(/^(已收藏|Added to favourites)$/).waitFor();
    await shoot('marked');
    await choose('提醒', 'Remind');
    await page.getByText(/^(1 小时后|In an hour)$/).tap();
    const said = page.getByText(/^(到时会提醒你|You will be reminded)$/);
    await said.waitFor();
    await said.waitFor({ state: 'hidden' });
    await choose('转发', 'Forward');
    await page.locator('.fw').first().waitFor();
    await page.locator('.fw').first().tap();
    await shoot('forward');
    await back();

    page.on('dialog', (dialog) => void dialog.accept(TEXT));
    await page.locator('.tool-more').tap();
    await page.locator('.more-phrases').tap();
    await page.locator('.empty-title').waitFor();
    await shoot('no-phrases');
    await page.locator('.ph-foot .button').tap();
    await page.locator('.ph-text').waitFor();
    await shoot('phrases');
    await page.locator('.ph-text').tap();
    await page.locator('.composer-send').waitFor();
    await shoot('phrase');
    await page.evaluate(() => (location.hash = '#/packages/chat/reminders/index'));
    await page.locator('.kept').waitFor();
    await shoot('reminders');
    await phone.context.close();

    const pages: [what: string, route: string, shown: string][] = [
      [
        'pins',
        `/packages/chat/pins/index?conversationId=${encodeURIComponent(`${to}|1|${from}`)}`,
        '.kept',
      ],
      ['favourites', '/packages/chat/favourites/index', '.kept'],
    ];
    for (const [what, route, shown] of pages) {
      const opened = await stage.phone(to, { ...look, route });
      await opened.page.locator(shown).first().waitFor();
      await opened.shoot(`act-${what}-${name}`);
      expect(opened.errors).toEqual([]);
      await opened.context.close();
    }
    const team = await stage.phone(to, {
      ...look,
      route: `/packages/chat/index?conversationId=${encodeURIComponent(`${to}|2|${teamId}`)}`,
    });
    await team.page.locator('.composer-field textarea').pressSequentially('@');
    await team.page.locator('.contact-name').nth(1).waitFor();
    await team.shoot(`act-mention-${name}`);
    expect([...errors, ...team.errors]).toEqual([]);
    await team.context.close();
  },
  120_000,
);
