import { setImmediate as nextMacrotask } from 'node:timers';
import path from 'node:path';
import type { WxHandle } from '../wx';
import { AppTimers } from './app-timers';
import { ComponentRegistry } from './components';
import { LogicContext, type EvaluatedFile } from './logic-context';
import { answerMeasurement } from './measuring';
import { PackageFiles } from './package-files';
import type { PageFactory, PageRecord } from './page-record';
import { PageView } from './page-view';
import { Renderer } from './renderer';
import { NavigationRefused, Router, type Navigation } from './router';
import { SetDataMeter } from './set-data-meter';
import { Unit, type Fields, type UnitHost } from './unit';
import { Waiting, type WaitOptions } from './waiting';
import { loadWxml, type Render } from './wxml';

export interface LaunchOptions {
  /** The built package, e.g. `dist/weapp`. */
  dist: string;
  wx: WxHandle;
  /** First page with query; default: the first of app.json. */
  path?: string;
  query?: Record<string, string>;
  scene?: number;
  /** Printed in failure texts, for random tests. */
  seed?: string | number;
  /** Pass the app's console on to the terminal. */
  echo?: boolean;
  /** More globals for the app's realm (a test's own hook). */
  globals?: Record<string, unknown>;
}

export interface ConsoleLine {
  level: string;
  text: string;
}

const LOGIC_LEVELS = [
  'log',
  'info',
  'warn',
  'error',
  'debug',
  'group',
  'groupEnd',
  'trace',
  'time',
  'timeEnd',
];

function printable(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'stack' in value) return String(value.stack);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** A running mini-program: the production package in a realm like WeChat's, and a user's hands on it. */
export class Host implements UnitHost, PageFactory {
  /** Everything thrown by app code, and everything WeChat would complain about. */
  readonly errors: unknown[] = [];
  readonly console: ConsoleLine[] = [];
  /** Host features asked for and not played here. */
  readonly unsupported: string[] = [];
  readonly setData = new SetDataMeter();
  readonly timers: AppTimers;
  private readonly files: PackageFiles;
  private readonly logic: LogicContext;
  private readonly render: Render;
  private readonly components: ComponentRegistry;
  private readonly router: Router;
  private readonly waiting: Waiting;
  private readonly pageConfigs = new Map<string, Fields>();
  private readonly stopListening: () => void;
  private app: Unit | undefined;
  private appConfig: Fields = {};
  private loading = '';
  private pages = 0;
  private closed = false;
  private foreground = true;

  /** Use {@link launchHost}. */
  constructor(private readonly options: LaunchOptions) {
    const { wx } = options;
    this.files = new PackageFiles(path.resolve(options.dist));
    this.render = loadWxml(this.files.root);
    this.timers = new AppTimers((task) => this.guard(task));
    this.logic = new LogicContext(this.files, this.globals(), (task) => this.later(task));
    this.components = new ComponentRegistry(this, this.logic, (what) =>
      this.unsupported.push(what),
    );
    this.router = new Router(this.files, this, this.components, (task) => this.later(task));
    this.waiting = new Waiting(() => this.describe());
    const { realm } = this.logic;
    wx.setRealm({
      parseJson: (text) => realm.parse(text),
      toArrayBuffer: (bytes) => {
        const buffer = new realm.ArrayBuffer(bytes.byteLength);
        new Uint8Array(buffer).set(bytes);
        return buffer;
      },
      promise: (executor) => new realm.Promise(executor),
      error: (message) => new realm.Error(message),
      fields: (source) => realm.assign(source),
    });
    wx.setMeasure((asked) => answerMeasurement(this.router.top?.view, asked));
    wx.onError((error) => this.fail(error));
    this.stopListening = wx.onActivity(this.waiting.poke);
    for (const kind of [
      'navigateTo',
      'redirectTo',
      'switchTab',
      'reLaunch',
      'navigateBack',
    ] as const) {
      wx.install({ [kind]: wx.api(kind, (asked) => this.navigate(kind, asked)) });
    }
  }

  /** The page on screen. */
  get page(): PageView {
    const { top } = this.router;
    if (!top) throw new Error('no page is open');
    return top.view;
  }

  /** The page stack, bottom first. */
  get stack(): PageView[] {
    return this.router.stack.map(({ view }) => view);
  }

  /** Route of the page on screen. */
  get route(): string {
    return this.router.top?.route ?? '';
  }

  /** Files evaluated so far, with their bytes. */
  get evaluated(): readonly EvaluatedFile[] {
    return this.logic.evaluated;
  }

  /** The title in the navigation bar of the page on screen. */
  get title(): string {
    return String(this.router.top?.unit.instance.$title ?? '');
  }

  /** The native tab bar as shown: texts with their badges; empty on a page that is no tab. */
  get tabBar(): { text: string; badge: string; selected: boolean }[] {
    if (!this.router.isTab(this.route) || this.files.app.tabBar?.custom) return [];
    return this.files.tabs.map(({ pagePath, text }, index) => ({
      text,
      badge: this.options.wx.ui.tabBadges.get(index) ?? '',
      selected: pagePath === this.route,
    }));
  }

  /** Starts the app: app.js, its life cycle, the first page. */
  start(): void {
    const { path: first = this.files.pages[0] ?? '', query = {}, scene = 1001 } = this.options;
    this.logic.require('app.js');
    if (this.files.app.lazyCodeLoading !== 'requiredComponents') {
      this.files.app.pages.forEach((route) => this.loadPage(route));
    }
    this.app = new Unit(this, 'app', '', this.appConfig, {});
    const enter = this.copy({ path: first.split('?')[0], query, scene, referrerInfo: {} });
    this.app.call('onLaunch', enter);
    this.app.call('onShow', enter);
    const search = Object.entries(query).map(([key, value]) => `${key}=${value}`);
    const url = search.length > 0 ? `${first}?${search.join('&')}` : first;
    this.router.go('reLaunch', url.startsWith('/') ? url : `/${url}`);
  }

  /** Waits until `condition` is truthy, looking again after everything that happens in the app. */
  waitFor<Value>(condition: () => Value, options?: WaitOptions) {
    return this.waiting.until(condition, options);
  }

  /** Waits until the page with this route is on screen. */
  waitForPage(route: string, options?: WaitOptions): Promise<PageView> {
    const what = `page ${route} on screen`;
    return this.waitFor(() => this.route === route && this.page, { what, ...options });
  }

  /** The user presses a tab of the native tab bar, by text or index. */
  tapTab(tab: string | number): void {
    if (this.tabBar.length === 0) throw new Error(`no native tab bar on ${this.route}`);
    const index =
      typeof tab === 'number' ? tab : this.files.tabs.findIndex(({ text }) => text === tab);
    const target = this.files.tabs[index];
    if (!target)
      throw new Error(`no tab ${tab}: ${this.files.tabs.map(({ text }) => text).join(' | ')}`);
    this.router.go('switchTab', `/${target.pagePath}`);
    this.router.top?.unit.call('onTabItemTap', this.copy({ index, ...target }));
    this.waiting.poke();
  }

  /** The user goes back (gesture or arrow). */
  back(): void {
    this.router.go('navigateBack', '');
    this.waiting.poke();
  }

  /** The user leaves WeChat. With `suspend`, timers stop and sockets are cut, as after some seconds. */
  hide({ suspend = false, code = 1000, reason = 'interrupted' } = {}): void {
    this.foreground = false;
    this.router.hide(this.router.top);
    this.app?.call('onHide');
    this.options.wx.app.hide();
    if (!suspend) return;
    this.timers.suspend();
    this.options.wx.sockets.cutAll(code, reason);
  }

  /** The user comes back. */
  show(): void {
    this.foreground = true;
    this.timers.resume();
    const enter = { path: this.route, query: {}, scene: 1001, referrerInfo: {} };
    this.app?.call('onShow', this.copy(enter));
    this.options.wx.app.show();
    this.router.show(this.router.top);
  }

  /** Ends everything the app started. The wx handle is disposed as well. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stopListening();
    this.timers.stop();
    this.options.wx.dispose();
  }

  /** What to print when a test fails. */
  describe(): string {
    const { seed, wx } = this.options;
    const errors = this.errors.map(printable).join('\n');
    const lines = this.console
      .filter(({ level }) => level === 'error' || level === 'warn')
      .slice(-10);
    let tree: string;
    try {
      tree = this.router.top ? this.page.tree() : '(no page)';
    } catch (error) {
      tree = `(not rendered: ${printable(error)})`;
    }
    return [
      seed === undefined ? '' : `seed: ${seed}`,
      `stack: ${this.router.stack.map(({ route }) => route).join(' > ')}`,
      `sockets alive: ${wx.sockets.liveUrls.join(' ') || 'none'}`,
      `shown by wx:\n${wx.ui.describe()}`,
      errors && `errors:\n${errors}`,
      lines.map(({ level, text }) => `console.${level}: ${text}`).join('\n'),
      tree,
    ]
      .filter(Boolean)
      .join('\n');
  }

  // What pages and components need of the host (UnitHost, PageFactory).

  copy(value: unknown): unknown {
    return this.logic.copy(value);
  }

  later(task: () => void): void {
    nextMacrotask(() => {
      if (this.closed) return;
      this.guard(task);
    });
  }

  guard(task: () => unknown): unknown {
    try {
      return task();
    } catch (error) {
      this.fail(error);
      return undefined;
    } finally {
      this.waiting.poke();
    }
  }

  fail(error: unknown): void {
    this.errors.push(error);
    const handler = this.appConfig.onError;
    if (typeof handler === 'function') this.app?.call('onError', printable(error));
    this.waiting.poke();
  }

  sent(unit: Unit, json: string, paths: string[]): void {
    const page = this.pageOf(unit);
    const visible = this.foreground && page === this.router.top;
    this.setData.record(page?.route ?? unit.path, unit.component, visible, json, paths);
  }

  changed(unit: Unit): void {
    const page = this.pageOf(unit);
    page?.view.changed();
    // Components come to life by being rendered, whether or not a test looks.
    const own =
      page && Object.keys(this.files.componentsOf(page.route)).some((name) => name !== 'comp');
    if (own) this.later(() => !page.unit.gone && page.view.render());
    this.waiting.poke();
  }

  create(route: string, query: Record<string, string>, extra: Fields): PageRecord {
    this.loadPage(route);
    const { data, ...members } = this.pageConfigs.get(route) ?? {};
    const id = ++this.pages;
    const own = {
      route,
      __route__: route,
      options: this.copy(query),
      getPageId: () => `pageId:${id}`,
    };
    const unit = new Unit(this, route, '', { ...members, ...own, ...extra }, data);
    const { navigationBarTitleText = '' } = this.files.unit(route);
    unit.instance.$title = navigationBarTitleText;
    const renderer = new Renderer(this.render, this.files, this.components, unit);
    const view = new PageView(this, route, query, unit, renderer);
    const page = {
      id,
      route,
      query,
      unit,
      view,
      renderer,
      tabBar: undefined,
      shown: false,
      ready: false,
    };
    return page;
  }

  destroy(page: PageRecord): void {
    page.renderer.dispose();
    page.unit.gone = true;
  }

  private pageOf(unit: Unit): PageRecord | undefined {
    return this.router.alive.find(
      (page) => page.unit === unit || page.renderer.componentUnits.includes(unit),
    );
  }

  private loadPage(route: string): void {
    if (this.pageConfigs.has(route)) return;
    this.logic.loadedPackages.add(this.files.packageOf(route));
    this.loading = route;
    Object.values(this.files.componentsOf(route)).forEach((each) => this.loadComponent(each));
    this.loading = route;
    this.logic.require(`${route}.js`);
    if (!this.pageConfigs.has(route)) throw new Error(`${route}.js did not call Page()`);
  }

  private loadComponent(unitPath: string): void {
    this.loading = unitPath;
    this.logic.require(`${unitPath}.js`);
  }

  private navigate(kind: Navigation, asked: Fields): object {
    try {
      const { url, delta, events } = asked;
      return this.router.go(
        kind,
        String(url ?? ''),
        Number(delta) || 1,
        events as Fields | undefined,
      );
    } catch (error) {
      if (error instanceof NavigationRefused) throw error.message;
      this.fail(error);
      throw printable(error);
    }
  }

  private globals(): Fields {
    const { echo, globals, wx } = this.options;
    const lines = Object.fromEntries(
      LOGIC_LEVELS.map((level) => [
        level,
        (...words: unknown[]) => {
          const text = words.map(printable).join(' ');
          this.console.push({ level, text });
          if (echo) process.stderr.write(`[app ${level}] ${text}\n`);
        },
      ]),
    );
    return {
      wx: wx.wx,
      console: lines,
      setTimeout: this.timers.setTimeout,
      setInterval: this.timers.setInterval,
      clearTimeout: this.timers.clear,
      clearInterval: this.timers.clear,
      App: (config: Fields) => {
        this.appConfig = config;
      },
      Page: (config: Fields) => void this.pageConfigs.set(this.loading, config),
      Component: (config: Fields) => this.components.define(this.loading, config),
      Behavior: (config: Fields) => {
        this.unsupported.push('Behavior');
        return config;
      },
      getApp: () => this.app?.instance ?? this.appConfig,
      getCurrentPages: () => this.router.stack.map(({ unit }) => unit.instance),
      ...globals,
    };
  }
}

/** Loads and starts the built mini-program; resolves when its first page is ready. */
export async function launchHost(options: LaunchOptions): Promise<Host> {
  const host = new Host(options);
  host.start();
  await new Promise<void>((resolve) => nextMacrotask(() => nextMacrotask(resolve)));
  return host;
}
