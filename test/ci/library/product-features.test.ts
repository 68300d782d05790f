import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readProduct } from '../../../config/product';
import features from '../../../config/product/features';
import type { Emulator } from '../../../emulator';
import { build, ROOT } from '../../../scripts/lib/build';
import { type PackageSizes, packageSizes } from '../../../scripts/lib/package-size';
import { launchPhone, type Phone } from '../../weapp/phone';
import { close, type Door, effectOf, walkDoors } from './door-walk';
import { emulatorOfTwo } from '../../weapp/two-people';

const NAMES = Object.keys(features);
/** Features whose doors are on different pages; a build of each alone would take CI twice as long. */
const GROUPS = [
  ['rooms', 'calls'],
  ['meetings', 'search', 'favourites'],
  ['reminders', 'devices'],
];
/** `EACH_FEATURE=on` builds without each feature alone, for the table in docs/how-to/product.md: six minutes. */
const IS_EACH = process.env.EACH_FEATURE === 'on';
const PARTS = IS_EACH ? NAMES.map((name) => [name]) : GROUPS;
const VARIANTS: readonly (readonly string[])[] = [[], ...PARTS, NAMES];
const LIST = 'pages/conversations/index';
const CHAT = 'packages/chat/index';

/** The doors of each feature, as the walk names them. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  rooms: ['游客进入聊天室', '更多 > 进入聊天室', '聊天室'],
  meetings: ['会议与房间'],
  calls: ['语音通话', '视频通话', 'more-call'],
  search: ['搜索'],
  favourites: ['收藏', '消息 > 收藏'],
  reminders: ['消息提醒', '消息 > 提醒'],
  devices: ['登录设备'],
};
/** The taps whose answer is a line of text: such a line also reports a page that could not be opened. */
const TOLD = ['消息 > 复制', '消息 > 收藏'];

/** A build with rooms that also has what else a product may set. Its bytes would falsify the table. */
const hasOwn = (off: readonly string[]) =>
  !IS_EACH && off.includes('meetings') && !off.includes('rooms');

const OWN = {
  live: { player: 'live-player' },
  colours: { light: { button: '#1456f0', 'tab-selected': '#1456f0' } },
  limits: { textLength: 500 },
  texts: { 'zh-CN': { 'app.slogan': '某某客服' } },
};

interface AppJson {
  readonly pages: readonly string[];
  readonly subPackages: readonly { root: string; pages: readonly string[] }[];
  readonly preloadRule?: Readonly<Record<string, { packages: readonly string[] }>>;
}

const built = new Map<string, { directory: string; sizes: PackageSizes }>();
const keyOf = (off: readonly string[]) => off.join('+') || 'none';
const nameOf = (off: readonly string[]) => (off.length === NAMES.length ? 'all' : keyOf(off));

/** A package without these features, beside the other builds. */
async function buildWithout(off: readonly string[]): Promise<void> {
  const folder = path.join(ROOT, '.cache', 'products');
  const file = path.join(folder, `without-${nameOf(off)}.json`);
  mkdirSync(folder, { recursive: true });
  const switches = Object.fromEntries(NAMES.map((name) => [name, !off.includes(name)]));
  const own = hasOwn(off) ? OWN : {};
  writeFileSync(file, JSON.stringify({ ...readProduct(), ...own, features: switches }));
  const { directory } = await build({
    target: 'weapp',
    app: { name: `without-${nameOf(off)}`, sourceRoot: 'src' },
    env: { PRODUCT_CONFIG: file },
  });
  built.set(keyOf(off), { directory, sizes: packageSizes(directory) });
}

let emulator: Emulator;
let phone: Phone | undefined;

beforeAll(async () => {
  const waiting = [...VARIANTS];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await buildWithout(next);
  };
  // A build uses one core most of the time.
  await Promise.all([work(), work()]);
}, 900_000);

afterAll(() => {
  const { sizes: whole } = built.get(keyOf([])) ?? {};
  if (!whole) return;
  const saved = [...built].map(([key, { sizes }]) =>
    [key, whole.total - sizes.total, whole.main - sizes.main].join(' | '),
  );
  process.stdout.write(`without | bytes saved | of the main package\n${saved.join('\n')}\n`);
});

beforeEach(async () => {
  emulator = await emulatorOfTwo();
  emulator.world.relations.befriend('anna', 'ben');
  emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  emulator.rooms.addRoom({ roomId: '9000', roomName: '音乐厅', creatorAccountId: 'ben' });
});

afterEach(async () => {
  phone?.host.close();
  phone = undefined;
  await emulator.close();
});

test.each(VARIANTS.map((off) => [nameOf(off), off] as const))(
  'without %s: no page and no door of it is left, and every other door opens',
  async (_, off) => {
    const { directory = '' } = built.get(keyOf(off)) ?? {};
    const app = JSON.parse(readFileSync(path.join(directory, 'app.json'), 'utf8')) as AppJson;
    const pages = [
      ...app.pages,
      ...app.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
    ];
    const isOf = (name: string, page: string) =>
      features[name]?.some((part) => `${page}/`.startsWith(`${part}/`)) === true;
    for (const name of NAMES)
      expect([name, pages.some((page) => isOf(name, page))]).toEqual([name, !off.includes(name)]);
    const preloaded = Object.values(app.preloadRule ?? {}).flatMap(({ packages }) => packages);
    const roots = ['__APP__', ...app.subPackages.map(({ root }) => root)];
    expect(preloaded.filter((root) => !roots.includes(root))).toEqual([]);

    const read = (file: string) => readFileSync(path.join(directory, file), 'utf8');
    const marks = {
      livePlayer: read('base.wxml').includes('<live-player'),
      colour: /--button:#1456f0/.test(read('app-origin.wxss')),
      tab: read('theme.json').includes('#1456f0'),
      tabInCode: read('common.js').includes('#1456f0'),
      text: read('common.js').includes(OWN.texts['zh-CN']['app.slogan']),
    };
    expect(Object.values(marks)).toEqual(Object.values(marks).map(() => hasOwn(off)));

    phone = await launchPhone(directory, emulator);
    const doors = await walk(phone);
    const labels = doors.map(({ label }) => label);
    const wanted = NAMES.filter((name) => !off.includes(name)).flatMap((name) => DOORS[name]);
    const found = Object.values(DOORS)
      .flat()
      .filter((label) => labels.includes(label));
    expect(found.sort()).toEqual(wanted.sort());
    expect(doors.length).toBeGreaterThan(25);
    expect(deadOf(doors)).toEqual([]);
    if (hasOwn(off)) {
      phone.host.page.find({ tag: 'textarea' }).input('a'.repeat(400));
      await phone.host.waitForNode({ className: 'composer-count', text: '400/500' });
    }
    expect(phone.host.errors).toEqual([]);
  },
  60_000,
);

test('a planted door to a page that is missing is found', async () => {
  const { directory = '' } = built.get(keyOf([])) ?? {};
  const copy = mkdtempSync(path.join(os.tmpdir(), 'dead-door-'));
  try {
    cpSync(directory, copy, { recursive: true });
    const file = path.join(copy, 'app.json');
    const app = JSON.parse(readFileSync(file, 'utf8')) as AppJson;
    const subPackages = app.subPackages.filter(({ root }) => root !== 'packages/devices');
    writeFileSync(file, JSON.stringify({ ...app, subPackages }));
    phone = await launchPhone(copy, emulator);
    expect(deadOf(await walk(phone))).toEqual([
      expect.objectContaining({ on: 'pages/me/index', label: '登录设备' }),
    ]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}, 60_000);

/** Doors whose only effect is a line of text. A door without any effect ends the walk. */
const deadOf = (doors: readonly Door[]) =>
  doors.filter(({ label, effect }) => effect.startsWith('toast') && !TOLD.includes(label));

/** The main pages, the card of a friend, and the menus of a chat. */
async function walk(phone: Phone): Promise<Door[]> {
  const { host } = phone;
  await host.waitForNode({ text: '其他登录方式' });
  const doors = await walkDoors(phone);
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await host.waitForNode({ className: 'conv-name', text: '本' });
  doors.push(...(await walkDoors(phone)));
  host.tapTab('通讯录');
  await host.waitForNode({ className: 'contact-name', text: '本' });
  doors.push(...(await walkDoors(phone)));
  host.page.find({ className: 'contact-name', text: '本' }).closest('contact')?.tap();
  await host.waitForPage('packages/people/card/index');
  await host.waitForNode({ text: '发消息' });
  doors.push(...(await walkDoors(phone)));
  host.back();
  host.tapTab('我');
  await host.waitForNode({ className: 'profile-name' });
  doors.push(...(await walkDoors(phone)));
  host.tapTab(0);
  await host.waitForPage(LIST);
  doors.push(...(await walkMessageMenu(phone)));
  await phone.openChat('本');
  await phone.moreItem('more-album');
  if (host.page.has({ className: 'more-call' })) {
    const door = await phone.moreItem('more-call');
    doors.push({ on: CHAT, label: 'more-call', effect: await effectOf(phone, door, 'more-call') });
    await close(phone, CHAT);
  }
  return doors;
}

/** Each item of the menu of a message, in a chat that is opened again for each. */
async function walkMessageMenu(phone: Phone): Promise<Door[]> {
  const { host } = phone;
  const doors: Door[] = [];
  for (let at = 0, count = 1; at < count; at++) {
    await phone.openChat('本');
    (await phone.bubble('在吗')).longPress();
    await host.waitFor(() => menu(phone).length > 0, { what: 'the menu of the message' });
    count = menu(phone).length;
    const item = menu(phone)[at];
    if (!item) throw new Error(`the item ${at} of the menu is gone`);
    const label = `消息 > ${item.text}`;
    // The walk needs the message.
    if (item.text === '删除') {
      host.back();
      await host.waitForPage(LIST);
      continue;
    }
    doors.push({ on: CHAT, label, effect: await effectOf(phone, item, label) });
    await close(phone, CHAT);
    host.back();
    await host.waitForPage(LIST);
  }
  return doors;
}

const menu = ({ host }: Phone) =>
  host.page.findAll({ className: 'menu-item' }).filter((item) => item.closest('menu-mask'));
