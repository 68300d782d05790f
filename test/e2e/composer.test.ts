import type { Page } from 'playwright-core';
import { chatRoute, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

const field = (page: Page) => page.locator('.composer-field textarea');
const caret = (page: Page) =>
  field(page).evaluate(({ selectionStart, selectionEnd }: HTMLTextAreaElement) => [
    selectionStart,
    selectionEnd,
  ]);

async function inChat() {
  const [left, right] = stage.pair;
  const phone = await stage.phone(left, { route: chatRoute(left, right) });
  await field(phone.page).waitFor();
  return phone;
}

async function write(page: Page, text: string, start: number, end = start): Promise<void> {
  // Playwright's fill selects before it focuses; a user's click focuses first.
  await field(page).focus();
  await field(page).fill(text);
  await field(page).evaluate(
    (node: HTMLTextAreaElement, range) => node.setSelectionRange(range[0] ?? 0, range[1] ?? 0),
    [start, end],
  );
}

async function pick(page: Page, emoji: string): Promise<void> {
  await page.locator(`.emoji[data-emoji="${emoji}"]`).first().click();
}

describe('the composer in a browser', () => {
  it('inserts and deletes emoji at the caret', async () => {
    const { page, context, errors } = await inChat();
    await page.locator('.composer-emoji').click();
    await page.locator('.emoji-panel').waitFor();
    for (const [text, start, end, result] of [
      ['早上好，周一见', 3, 3, '早上好👍，周一见'],
      ['ABCDEF', 2, 4, 'AB👍EF'],
    ] as const) {
      await write(page, text, start, end);
      await page.locator('.composer-emoji').click();
      await pick(page, '👍');
      expect(await field(page).inputValue()).toBe(result);
      await pick(page, '😂');
      expect(await field(page).inputValue()).toBe(result.replace('👍', '👍😂'));
      await field(page).focus();
      expect(await caret(page)).toEqual([start + 4, start + 4]);
    }
    await write(page, 'ABCDE', 3);
    await page.locator('.composer-emoji').click();
    await page.locator('.emoji-back').click();
    expect(await field(page).inputValue()).toBe('ABDE');
    await write(page, 'x'.repeat(4999), 4999);
    await page.locator('.composer-emoji').click();
    await pick(page, '👍');
    expect(await field(page).inputValue()).toHaveLength(5001);
    await page.locator('.too-long', { hasText: '5001/5000' }).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it('does not send with the Enter that accepts a candidate, in the event order of Safari', async () => {
    const { page, context } = await inChat();
    await field(page).fill('ni hao 拼音');
    const prevented = (keyCode: number) =>
      field(page).evaluate(
        (node, code) =>
          !node.dispatchEvent(
            new KeyboardEvent('keydown', {
              key: 'Enter',
              keyCode: code,
              bubbles: true,
              cancelable: true,
            }),
          ),
        keyCode,
      );
    expect(await prevented(229)).toBe(false);
    expect(await field(page).inputValue()).toBe('ni hao 拼音');
    expect(await prevented(13)).toBe(true);
    await page.locator('.msg.mine .bubble', { hasText: 'ni hao 拼音' }).waitFor();
    await context.close();
  });
});

describe('two clicks in a browser', () => {
  it.each([0, 150])(
    '%i ms apart open a single chat; a single back returns to the list',
    async (ms) => {
      const [left] = stage.pair;
      const { page, context, errors } = await stage.phone(left);
      const row = page.locator('.conv').first();
      await row.waitFor();
      await row.evaluate(async (node, pause) => {
        (node as HTMLElement).click();
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
        (node as HTMLElement).click();
      }, ms);
      await field(page).waitFor();
      expect(await field(page).count()).toBe(1);
      await page.locator('.nav-back').last().click();
      await page.locator('.conv').first().waitFor({ state: 'visible' });
      // The previous page slides out.
      await field(page).waitFor({ state: 'detached' });
      expect(errors).toEqual([]);
      await context.close();
    },
  );
});

describe('a page that throws while it renders, in a browser', () => {
  it.each([
    ['light', 'zh-CN', '页面出错了', '重新加载'],
    ['dark', 'en-US', 'Something went wrong on this page', 'Reload'],
  ] as const)(
    'shows an error in %s, %s, and renders again',
    async (colorScheme, locale, title, reload) => {
      const [left] = stage.pair;
      const phone = await stage.phone(left, { colorScheme, locale });
      const { page } = phone;
      await page.route('**/*.js', async (route) => {
        const answer = await route.fetch();
        const body = (await answer.text()).replace(
          /("?className"?):"chat-top"/g,
          '$1:(window.mended||(()=>{throw Error("planted")})(),"chat-top")',
        );
        await route.fulfill({ response: answer, body });
      });
      await page.reload();
      await page.locator('.conv').first().click();
      await page.getByText(title).last().waitFor();
      // The page slides in; a trial click waits until the button stops moving.
      await page.getByText(reload, { exact: true }).click({ trial: true });
      await phone.shoot(`page-error-${colorScheme}`);
      await page.evaluate(() => Object.assign(window, { mended: true }));
      await page.getByText(reload, { exact: true }).click();
      await field(page).waitFor();
      await phone.context.close();
    },
  );
});

describe('a team chat in a browser', () => {
  it.each([
    ['light', 'zh-CN'],
    ['dark', 'en-US'],
  ] as const)(
    'in %s, %s shows the name of the team and the names of the senders',
    async (colorScheme, locale) => {
      const [left] = stage.pair;
      const team = Object.values(stage.emulator.world.state.teams).find(({ teamId }) =>
        stage.emulator.world.teams.memberIds(teamId).includes(left),
      );
      if (!team) throw new Error('the seed has no team');
      const id = encodeURIComponent(`${left}|2|${team.teamId}`);
      const phone = await stage.phone(left, {
        colorScheme,
        locale,
        route: `/packages/chat/index?conversationId=${id}`,
      });
      await phone.page.locator('.who').first().waitFor();
      await phone.page.locator('.nav-title', { hasText: String(team.tags[3]) }).waitFor();
      await phone.shoot(`team-chat-${colorScheme}`);
      expect(phone.errors).toEqual([]);
      await phone.context.close();
    },
  );
});
