import { chatRoute, LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** V2NIMMessageType. */
const LOCATION = 4;
const FILE = 6;

/** Sends files of several types, and two places, to `to`. */
function sendCards(from: string, to: string): void {
  const { storage, url, world } = stage.emulator;
  const send = (messageType: number, attachment: object, text = '') =>
    world.sendMessage({ from, to, messageType, attachment: JSON.stringify(attachment), text });
  storage.put('card', { content: Buffer.from('content'), fileName: 'card.txt' });
  for (const [name, size] of [
    ['二〇二六年第三季度销售情况汇总表（最终版 3）.xlsx', 1_843_200],
    ['Contract.pdf', 52_000],
    ['logs.zip', 734_003_200],
  ] as const)
    send(FILE, { name, size, url: `${url}/nos/card` });
  send(LOCATION, { lat: 30.25, lng: 120.15, title: '浙江省杭州市西湖区龙井路 1 号' }, '西湖');
  send(LOCATION, { lat: 300, lng: 0, title: '' });
}

test.each(LOOKS)(
  'draws the "+" panel and the cards of files and places in $colorScheme, $locale',
  async (look) => {
    const { name } = look;
    const [left, right] = stage.pair;
    sendCards(right, left);
    const phone = await stage.phone(left, { ...look, route: chatRoute(left, right) });
    const { page } = phone;
    await page.locator('.nowhere').last().waitFor();
    await page.locator('.tool-more').click();
    await page.locator('.more-item').first().waitFor();
    await phone.shoot(`more-panel-${name}`);

    const choosing = page.waitForEvent('filechooser');
    await page.locator('.more-file').click();
    await (
      await choosing
    ).setFiles([
      { name: 'notes.docx', mimeType: 'application/msword', buffer: Buffer.from('notes') },
      { name: 'song.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('song') },
    ]);
    await page.locator('.mine .f-audio').last().waitFor();
    await page.locator('.tool-more').click();
    await page.locator('.mine .f-note', { hasText: '4 B' }).last().waitFor();
    await phone.shoot(`cards-${name}`);

    expect(phone.errors).toEqual([]);
    // Chromium shows or saves the file in a new tab.
    const opening = phone.context.waitForEvent('request', (one) => one.url().includes('/nos/'));
    await page.locator('.mine .f-audio').last().click();
    expect((await opening).method()).toBe('GET');
    await phone.context.close();
  },
);

test('asks for the name of the current position, and before a map app is opened', async () => {
  const [left, right] = stage.pair;
  const phone = await stage.phone(left, { route: chatRoute(left, right) });
  const { page, context } = phone;
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 30.25, longitude: 120.15 });
  page.once('dialog', (dialog) => void dialog.accept('公司'));
  await page.locator('.tool-more').click();
  await page.locator('.more-place').click();
  const card = page.locator('.mine .loc', { hasText: '公司' });
  await card.waitFor();
  await card.click();
  await page.locator('.taro-actionsheet__cell:visible', { hasText: '复制坐标' }).waitFor();
  expect(phone.errors).toEqual([]);
  await context.close();
});
