import { Finger } from './finger';
import { overflowing } from './overflow';
import { chatRoute, LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

test.each(LOOKS)(
  'draws the menu, the bar that undoes a deletion and the reasons of a report in $name',
  async (look) => {
    const { name } = look;
    const { world } = stage.emulator;
    const [to, from] = [`reader-${name}`, `writer-${name}`];
    world.addAccount({ accountId: to, name: '安娜', token: `token-${to}` });
    world.addAccount({ accountId: from, name: '本杰明', token: '' });
    for (const text of ['早上好', '明天九点在西湖边见面，好吗？ The long way round.', '好的'])
      world.sendMessage({ from, to, text });
    const phone = await stage.phone(to, { ...look, route: chatRoute(to, from) });
    const { page, errors } = phone;
    const picture = (what: string) =>
      page.screenshot({ path: `artifacts/e2e/undo-report-${what}-${name}.png` });
    const finger = await Finger.on(page);
    const bubble = page.locator('.bubble', { hasText: '西湖' }).first();
    const hold = async () => {
      await bubble.waitFor();
      await page.locator('.banner').waitFor({ state: 'detached' });
      const box = await bubble.boundingBox();
      if (!box) throw new Error('no bubble');
      await finger.down(box.y + box.height / 2, box.x + box.width / 2);
      await page.locator('.menu').waitFor();
      await finger.up();
    };
    const item = (zh: string, en: string) =>
      page.locator('.menu-item', { hasText: new RegExp(`^(${zh}|${en})$`) });
    await hold();
    await phone.shoot(`undo-report-menu-${name}`);
    await item('举报', 'Report').tap();
    await page.getByText(/^(诈骗|Fraud)$/).waitFor();
    await picture('reasons');
    await page.getByText(/^(诈骗|Fraud)$/).tap();
    await page.getByText(/^(已收到举报|Thank you)/).waitFor();
    expect(stage.emulator.reports.at(-1)).toMatchObject({
      by: to,
      accountId: from,
      reason: 'fraud',
    });
    await page.getByText(/^(已收到举报|Thank you)/).waitFor({ state: 'hidden' });
    await hold();
    await item('删除', 'Delete').tap();
    await page.locator('.undo').waitFor();
    await bubble.waitFor({ state: 'hidden' });
    // The bar is there for 5 s, which axe-core and the largest size would outlast.
    await picture('undo');
    expect(await overflowing(page)).toEqual([]);
    await page.locator('.undo-act').tap();
    await bubble.waitFor({ state: 'visible' });
    expect(errors).toEqual([]);
    await phone.context.close();
  },
);
