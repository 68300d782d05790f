import { build } from '../../scripts/lib/build';
import { type Host, launchHost } from '../host';
import type { RenderingCache } from '../host/rendering-cache';
import { createWx } from '../wx';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const LIST = 'pages/conversations/index';
let ends: Host[] = [];

afterEach(() => {
  for (const host of ends) host.close();
  ends = [];
});

interface Kept {
  phone: Phone;
  cache: RenderingCache;
}

/** A signed-in phone with three chats. */
async function signedIn(): Promise<Kept> {
  const { world } = stage.emulator;
  for (const [accountId, name] of [
    ['carl', '卡尔'],
    ['dora', '朵拉'],
  ] as const)
    world.addAccount({ accountId, name, token: `token-${accountId}` });
  for (const from of ['ben', 'carl', 'dora'])
    world.sendMessage({ from, to: 'anna', text: `你好，我是${from}` });
  const cache: RenderingCache = new Map();
  const phone = await stage.phone({}, cache);
  await phone.signIn('账号密码', 'anna', 'token-anna');
  const { host } = phone;
  await host.waitForPage(LIST);
  await host.waitFor(() => host.page.findAll({ className: 'conv' }).length === 3, {
    what: 'the chats',
  });
  await host.waitFor(() => cache.has(LIST), { what: 'the kept first screen' });
  return { phone, cache };
}

/** The next start of the same phone; the first setData with rows as a page of its own. */
async function nextStart({ phone, cache }: Kept): Promise<Host> {
  const { directory: dist } = await build({ target: 'weapp' });
  const wx = createWx({
    storage: new Map(phone.wx.storage),
    language: 'zh_CN',
    resolve: (url) => url.replace('127.0.0.1:7600', new URL(stage.emulator.url).host),
  });
  const host = await launchHost({ dist, wx, keepJson: true, renderingCache: new Map(cache) });
  ends.push(host);
  return host;
}

/** What a reader sees of the rows: texts and classes. */
const rowsOf = (page: Host['page'] | undefined) =>
  (page?.findAll({ className: 'conv' }) ?? []).map((row) => [row.classes, row.text]);

async function inMe({ host }: Phone, cell: string): Promise<void> {
  host.tapTab('我');
  (await host.waitForNode({ className: 'cell-title', text: cell })).closest('cell')?.tap();
}

describe('the first screen that WeChat keeps', () => {
  it('equals the first setData of the next start', async () => {
    const kept = await signedIn();
    kept.phone.host.hide();
    const host = await nextStart(kept);
    await host.waitForNode({ className: 'conv-name' });
    const first = host.setData.snapshot().log.find(({ json }) => json.includes('conv-name'));
    expect(rowsOf(host.cachedPage)).toHaveLength(3);
    expect(rowsOf(host.cachedPage)).toEqual(rowsOf(host.page));
    for (const text of host.cachedPage?.texts() ?? []) expect(first?.json).toContain(text);
  });

  it('has one screen of a long list', async () => {
    const { world } = stage.emulator;
    for (let i = 0; i < 40; i++) {
      world.addAccount({ accountId: `f${i}`, name: `朋友${i}`, token: `token-f${i}` });
      world.sendMessage({ from: `f${i}`, to: 'anna', text: `消息${i}` });
    }
    const cache: RenderingCache = new Map();
    const phone = await stage.phone({}, cache);
    await phone.signIn('账号密码', 'anna', 'token-anna');
    const { host } = phone;
    await host.waitFor(() => host.page.findAll({ className: 'conv' }).length > 16, {
      what: 'more rows than a screen has',
    });
    await host.waitFor(() => cache.has(LIST), { what: 'the kept first screen' });
    host.hide();
    const next = await nextStart({ phone, cache });
    expect(rowsOf(next.cachedPage)).toHaveLength(16);
    expect(Buffer.byteLength(JSON.stringify(cache.get(LIST)))).toBeLessThan(15_000);
  });

  it('is gone after a sign-out', async () => {
    const kept = await signedIn();
    const { host } = kept.phone;
    host.tapTab('我');
    (await host.waitForNode({ className: 'button-danger', text: '退出登录' })).tap();
    (await host.waitFor(() => host.wx.ui.modal, { what: 'the question' })).confirm();
    await host.waitForPage('pages/login/index');
    expect(kept.cache.size).toBe(0);
    expect((await nextStart(kept)).cachedPage).toBeUndefined();
  });

  it('is gone after a switch of the account, until the list of the new account is drawn', async () => {
    const kept = await signedIn();
    const { host, wx } = kept.phone;
    await inMe(kept.phone, '切换账号');
    (await host.waitFor(() => wx.ui.actionSheet, { what: 'the accounts' })).select('登录其他账号');
    await host.waitForPage('pages/login/index');
    expect(kept.cache.size).toBe(0);
    await kept.phone.signIn('账号密码', 'ben', 'token-ben');
    await host.waitFor(() => kept.cache.has(LIST), { what: "Ben's first screen" });
    const texts = JSON.stringify(kept.cache.get(LIST));
    expect([texts.includes('我是ben'), texts.includes('我是dora')]).toEqual([true, false]);
  });

  it.each([['theme', ({ host }: Phone) => host.wx.setTheme('dark')]])(
    'is gone after a change of the %s',
    async (_, change) => {
      const { phone, cache } = await signedIn();
      change(phone);
      expect(cache.size).toBe(0);
    },
  );
});
