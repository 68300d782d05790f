import { Finger } from './finger';
import { chatRoute, LOOKS, openStage, send, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** V2NIMMessageType. */
const IMAGE = 1;
const FILE = 6;

/** Two accounts of their own, and what the second says to the first. */
function pairOf(key: string) {
  const { world } = stage.emulator;
  const [to, from] = [`reader-${key}`, `writer-${key}`];
  world.addAccount({ accountId: to, name: '安娜', token: `token-${to}` });
  world.addAccount({ accountId: from, name: '本杰明' });
  const say = (fields: Partial<Parameters<typeof world.sendMessage>[0]>) =>
    world.sendMessage({ from, to, ...fields });
  /** An answer in the form of Yunxin's older kits. */
  const answer = (
    { messageClientId, messageServerId, createTime }: ReturnType<typeof say>,
    fields: Partial<Parameters<typeof world.sendMessage>[0]>,
  ) =>
    say({
      ...fields,
      serverExtension: JSON.stringify({
        yxReplyMsg: {
          idClient: messageClientId,
          idServer: messageServerId,
          time: createTime,
          scene: 1,
          from,
          receiverId: to,
          to: `${from}|1|${to}`,
        },
      }),
    });
  return { to, from, say, answer };
}

test.each(LOOKS)(
  'shows quotes and the strip, and answers by a swipe in $colorScheme, $locale',
  async (look) => {
    const { name } = look;
    const { to, from, say, answer } = pairOf(name);
    const { storage, url } = stage.emulator;
    storage.put('quoted', { content: Buffer.from('content'), fileName: 'a.txt' });
    const question = say({
      text: '明天九点在西湖边见面，好吗？ The long way round, if it does not rain.',
    });
    const file = say({
      messageType: FILE,
      attachment: JSON.stringify({
        name: '第三季度销售情况.xlsx',
        size: 1,
        url: `${url}/nos/quoted`,
      }),
    });
    answer(question, { text: '好的' });
    answer(file, { text: 'This is not the newest version of the table, I will send another.' });
    answer(file, {
      messageType: IMAGE,
      attachment: JSON.stringify({ w: 300, h: 200, url: `${url}/nos/quoted` }),
    });
    answer({ ...question, messageClientId: 'gone', messageServerId: '123' }, { text: 'gone' });
    const phone = await stage.phone(to, { ...look, route: chatRoute(to, from) });
    const { page } = phone;
    await page.locator('.q').nth(3).waitFor();
    await page.locator('.qt', { hasText: '明天九点' }).waitFor();

    const finger = await Finger.on(page);
    const box = await page.locator('.bubble', { hasText: '好的' }).first().boundingBox();
    if (!box) throw new Error('no bubble');
    const y = box.y + box.height / 2;
    await finger.swipe(y, box.x + 20, box.x - 60);
    await page.locator('.strip', { hasText: '好的' }).waitFor();
    await phone.shoot(`replies-strip-${name}`);
    await send(page, '到时见');
    await page.locator('.mine .qt', { hasText: '好的' }).waitFor();
    await page.locator('.strip').waitFor({ state: 'detached' });
    await phone.shoot(`replies-${name}`);
    expect(phone.errors).toEqual([]);
    await phone.context.close();
  },
);

test('a tap on a quote leads to a message far back, and the list goes on in both directions', async () => {
  const { to, from, say, answer } = pairOf('far');
  const start = Date.now() - 400 * 60_000;
  const all = Array.from({ length: 300 }, (_, i) =>
    say({ text: `message ${i}`, createTime: start + i * 60_000 }),
  );
  answer(all[100] as ReturnType<typeof say>, { text: 'about it' });
  const phone = await stage.phone(to, { route: chatRoute(to, from) });
  const { page } = phone;
  await page.locator('.qt', { hasText: 'message 100' }).click();
  const row = page.locator('.tint', { hasText: 'message 100' });
  await row.waitFor();
  const list = await page.locator('#messages').boundingBox();
  const place = await row.boundingBox();
  if (!list || !place) throw new Error('no layout');
  expect(place.y).toBeGreaterThan(list.y);
  expect(place.y + place.height).toBeLessThan(list.y + list.height / 2);
  await phone.shoot('replies-jump');
  await row.waitFor({ state: 'detached' });

  // Each screen is scrolled by itself, as a reader does.
  const texts = () => page.locator('#messages .bubble').allTextContents();
  const scroll = async (by: number, until: string) => {
    for (let screen = 0; screen < 40 && !(await texts()).includes(until); screen++) {
      await page.mouse.move(195, 400);
      await page.mouse.wheel(0, by);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    expect(await texts()).toContain(until);
  };
  await scroll(-600, 'message 40');
  await scroll(600, 'message 160');
  await page.locator('.pill').click();
  await page.locator('.bubble', { hasText: 'about it' }).waitFor();
  expect(await texts()).not.toContain('message 100');
  expect(phone.errors).toEqual([]);
  await phone.context.close();
});

test('a finger that scrolls over a bubble answers nothing', async () => {
  const { to, from, say } = pairOf('scroll');
  for (let i = 0; i < 60; i++) say({ text: `message ${i}` });
  const phone = await stage.phone(to, { route: chatRoute(to, from) });
  const { page } = phone;
  await page.locator('.bubble', { hasText: 'message 59' }).waitFor();
  const top = () => page.locator('#messages').evaluate((list) => list.scrollTop);
  const before = await top();
  const finger = await Finger.on(page);
  await finger.drag(300, 620, 1200);
  expect(await top()).toBeLessThan(before);
  expect(await page.locator('.strip').count()).toBe(0);
  await phone.context.close();
});
