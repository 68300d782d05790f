import { sampleFile } from '../../emulator/server/samples';
import { chatRoute, LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

const CUSTOM = 100;
const back = '.nav-back >> nth=-1';

test.each(LOOKS)(
  'person, merged messages, a failure note and a refused permission, $name',
  async (look) => {
    const { name } = look;
    const { world, url } = stage.emulator;
    const [left] = stage.pair;
    const other = `pages-${name}`;
    world.addAccount({ accountId: other, name: '群聊归档', token: `token-${other}` });
    const file = sampleFile('merged.txt');
    const data = {
      ...file,
      url: file.url.replace('emulator:/', url),
      depth: 1,
      sessionName: '云信小程序项目组',
      abstracts: [{ senderNick: '陈雨', userAccId: 'chenyu', content: '文案都检查过了' }],
    };
    const attachment = JSON.stringify({ type: 101, data });
    world.sendMessage({ from: other, to: left, messageType: CUSTOM, attachment });
    const phone = await stage.phone(left, { ...look, route: chatRoute(left, other) });
    const { page } = phone;

    await page.locator('.bubble', { hasText: '文案都检查过了' }).first().click();
    await page.locator('.merged .msg').nth(2).waitFor();
    await phone.shoot(`merged-${name}`);
    await page.locator(back).click();
    await page.locator('.merged').waitFor({ state: 'detached' });

    await page.locator('.tool-more').click();
    await page.locator('.more-card').click();
    await page.getByText('Grace Liu').last().waitFor();
    await phone.shoot(`person-${name}`);
    await page.getByText('Grace Liu').last().click();
    await page.locator('.taro-modal__content:visible').first().waitFor();
    await phone.shoot(`person-asks-${name}`);
    await page.locator('.taro-model__confirm:visible').first().click();
    await page.locator('.mine .bubble', { hasText: 'Grace Liu' }).waitFor();

    world.relations.setRelation(other, left, { blocked: true });
    await page.locator('.composer-field textarea').fill('还在吗');
    await page.locator('.composer-send').click();
    await page.locator('.msg.mine', { hasText: '还在吗' }).waitFor();
    await page.locator('.msg.mine .why').waitFor();
    await phone.shoot(`failure-note-${name}`);

    await page.locator('.tool-more').click();
    await page.locator('.more-place').click();
    await page
      .waitForFunction(
        () => document.querySelector('[class*="modal"], [class*="toast"]') !== null,
        undefined,
        { timeout: 10_000 },
      )
      .catch(() => undefined);
    await phone.shoot(`refused-permission-${name}`);
    await phone.context.close();
  },
);
