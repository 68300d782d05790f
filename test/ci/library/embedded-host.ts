import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Im, ImOptions } from '@/embed/host-types';
import { placeOf } from '../../../config/embed/place';
import type { Emulator } from '../../../emulator';
import { ROOT, runTaro } from '../../../scripts/lib/build';
import { buildForHost } from '../../../scripts/lib/embed/build-for-host';
import { carryOut, planOf } from '../../../scripts/lib/embed/plan';
import { type Host, launchHost } from '../../host';
import { createWx, type WxHandle, type WxOptions } from '../../wx';

export const PLACE = placeOf('packages/im');

/** A page of the shop that is no tab, so that it can be opened several times; see {@link prepareForTests}. */
export const ITEM = 'pages/item/index';

/** Address of the emulator, and of the shop's own server, in the examples. */
const BUILT_FOR = '127.0.0.1:7600';
const STOCK = 'wss://shop.example.com';

/** Functions of `wx` that act on the tab bar or the pages of the host. */
const HOSTS_OWN = ['setTabBarItem', 'setTabBarStyle', 'showTabBar', 'hideTabBar'];

/** A copy of a folder without its embedded parts. */
function copyOf(folder: string): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'host-'));
  cpSync(folder, copy, {
    recursive: true,
    filter: (source) => !source.startsWith(path.join(folder, 'packages')),
  });
  return copy;
}

/** A copy of the native example without the chat. */
export function nativeExample(): string {
  return copyOf(path.join(ROOT, 'examples/native'));
}

/** The built Taro example without the chat. */
async function taroExample(): Promise<string> {
  const example = path.join(ROOT, 'examples/taro');
  await runTaro('weapp', {}, undefined, example);
  return copyOf(path.join(example, 'dist'));
}

/** The examples, by the name of their folder. Both have the same pages. */
export const EXAMPLES = [
  ['native', nativeExample],
  ['taro', taroExample],
] as const;

/** Embeds the chat as `npm run embed -- --into DIR --write` does. */
export async function embedInto(host: string): Promise<ReturnType<typeof planOf>> {
  const plan = planOf(await buildForHost(PLACE.root), host, PLACE);
  carryOut(plan);
  return plan;
}

/** Adds to a host with the chat a page of the shop, and a call of `hookIm` with the interface of the chat. */
export function prepareForTests(shop: string): void {
  const config = path.join(shop, 'app.json');
  const app = JSON.parse(readFileSync(config, 'utf8')) as { pages: string[] };
  writeFileSync(config, JSON.stringify({ ...app, pages: [...app.pages, ITEM] }));
  const item = path.join(shop, ITEM);
  cpSync(path.join(shop, PLACE.sdkRoot), path.dirname(item), {
    recursive: true,
    filter: (source) => !source.endsWith('nim-sdk.js'),
  });
  appendFileSync(path.join(shop, PLACE.root, 'host.js'), 'globalThis.hookIm(module.exports.im);\n');
}

/** The shop's own server, and a phone with the shop and the chat in it. */
export interface ShopPhone {
  readonly host: Host;
  readonly wx: WxHandle;
  /** The interface of the chat, after the shop has loaded it. */
  readonly im: Promise<Im>;
  /** Functions of the tab bar that the chat must not call, as called. */
  readonly tabBarCalls: readonly string[];
  /** Sends a line on the shop's socket. */
  tellStock(text: string): void;
  /** Taps the button of the page on the screen with this class. */
  tap(className: string): Promise<void>;
  close(): Promise<void>;
}

export interface ShopOptions extends WxOptions {
  /** The first page. */
  path?: string;
  /** Options of `im.start` in addition to those of the shop. */
  start?: ImOptions;
  /** Runs before `im.start`. */
  beforeStart?: (wx: WxHandle['wx']) => void;
}

export async function launchShop(
  dist: string,
  emulator: Pick<Emulator, 'url'>,
  options: ShopOptions = {},
): Promise<ShopPhone> {
  const server = new WebSocketServer({ port: 0 });
  const { port } = server.address() as AddressInfo;
  const emulated = new URL(emulator.url).host;
  const { path: first, start = {}, beforeStart, ...rest } = options;
  const wx = createWx({
    limits: { total: 5, perHost: 2 },
    closeDelayMs: 300,
    connectReadOnly: true,
    language: 'zh_CN',
    resolve: (url) => url.replace(BUILT_FOR, emulated).replace(STOCK, `ws://127.0.0.1:${port}`),
    ...rest,
  });
  const tabBarCalls: string[] = [];
  wx.install(
    Object.fromEntries(
      HOSTS_OWN.map((name) => [name, wx.api(name, () => void tabBarCalls.push(name))]),
    ),
  );
  let announce: (im: Im) => void = () => undefined;
  const loaded = new Promise<Im>((resolve) => (announce = resolve));
  const hookIm = (im: Im) => {
    const startIm = im.start.bind(im);
    im.start = (given) => {
      beforeStart?.(wx.wx);
      startIm({ ...given, ...start });
    };
    announce(im);
  };
  const host = await launchHost({
    dist,
    wx,
    globals: { hookIm },
    ...(first === undefined ? {} : { path: first }),
  });
  return {
    host,
    wx,
    im: loaded,
    tabBarCalls,
    tellStock: (text) => server.clients.forEach((client) => client.send(text)),
    tap: async (className) => {
      const button = await host.waitForNode({ className });
      button.tap();
    },
    close: async () => {
      host.close();
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
