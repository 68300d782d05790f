import { setImmediate as nextMacrotask } from 'node:timers';
import type { WxHandle } from '../wx';
import { printable, type ConsoleLine } from './app-console';
import type { EvaluatedFile } from './logic-context';
import type { NodeHandle } from './node-handle';
import type { PageSource } from './page-record';
import type { PageView } from './page-view';
import { describeQuery, type NodeQuery } from './query';
import type { RenderingCache } from './rendering-cache';
import { Runtime } from './runtime';
import type { SetDataMeter } from './set-data-meter';
import { Waiting, type WaitOptions } from './waiting';

export interface LaunchOptions {
  /** The built package, e.g. `dist/weapp`. */
  dist: string;
  wx: WxHandle;
  /** First page; default: the first of app.json. */
  path?: string;
  query?: Record<string, string>;
  scene?: number;
  /** Printed in failure texts so that a random test can be repeated. */
  seed?: string | number;
  /** Keeps the JSON of every setData, from the first on. */
  keepJson?: boolean;
  /** The clock of the setData log, in milliseconds; default: `performance.now`. */
  now?: () => number;
  /** Compiles the package's files for this launch alone, as after a cold start. Default: once for each process. */
  compileAnew?: boolean;
  /** What WeChat keeps of pages for the next start: pass the same to the next launch. */
  renderingCache?: RenderingCache;
  /** Passes the app's console on to the terminal. */
  echo?: boolean;
  /** More globals for the app's realm, for example a hook of a test. */
  globals?: Record<string, unknown>;
}

/** A running mini-program: the production package in a realm like WeChat's, and methods that act as its user. */
export class Host {
  /** Counts of setData: `reset()`, `snapshot()`. */
  readonly setData: SetDataMeter;
  readonly wx: WxHandle;
  private readonly runtime: Runtime;
  private readonly waiting: Waiting;
  private readonly stopListening: () => void;

  /** Use {@link launchHost}. */
  constructor(private readonly options: LaunchOptions) {
    this.wx = options.wx;
    this.waiting = new Waiting(() => this.describe());
    this.runtime = new Runtime(options, this.waiting.poke);
    this.setData = this.runtime.meter;
    this.setData.keepJson = options.keepJson ?? false;
    this.stopListening = options.wx.onActivity(this.waiting.poke);
    const { path = this.runtime.files.pages[0] ?? '', query = {}, scene = 1001 } = options;
    this.runtime.start(path.replace(/^\//, ''), query, scene);
  }

  /** Everything that app code threw, and everything that WeChat would complain about. */
  get errors(): readonly unknown[] {
    return this.runtime.errors;
  }

  /** The app's console, and remarks of the host with level `host`. */
  get console(): readonly ConsoleLine[] {
    return this.runtime.console;
  }

  /** Features of WeChat that the app asked for and this host does not implement. */
  get unsupported(): readonly string[] {
    return this.runtime.unsupported;
  }

  /** The page on screen. */
  get page(): PageView {
    const { top } = this.runtime.router;
    if (!top) throw new Error('no page is open');
    return top.view;
  }

  /**
   * The first page as WeChat draws it from the initial rendering cache before any script runs. Undefined without a
   * cache; no event of it reaches the app.
   */
  get cachedPage(): PageView | undefined {
    return this.runtime.cachedPage;
  }

  /** The page stack, bottom first. */
  get stack(): PageView[] {
    return this.runtime.router.stack.map(({ view }) => view);
  }

  /** The pages of the stack, bottom first, with what another renderer needs to draw them. */
  get sources(): PageSource[] {
    return this.runtime.sources;
  }

  /** Route of the page on screen. */
  get route(): string {
    return this.runtime.router.top?.route ?? '';
  }

  /** The title in the navigation bar of the page on screen. */
  get title(): string {
    return this.runtime.router.top?.title ?? '';
  }

  /** The native tab bar with its badges; empty on a page that is not a tab, and with a custom tab bar. */
  get tabBar(): { text: string; badge: string; selected: boolean }[] {
    const { files, router } = this.runtime;
    if (!router.isTab(this.route) || files.app.tabBar?.custom) return [];
    return files.tabs.map(({ pagePath, text }, index) => ({
      text,
      badge: this.wx.ui.tabBadges.get(index) ?? '',
      selected: pagePath === this.route,
    }));
  }

  /** The custom tab bar of the page on screen, when app.json has one. */
  get customTabBar(): PageView | undefined {
    return this.runtime.router.top?.tabBar?.view;
  }

  /** Files evaluated so far, in order of completion, with their bytes and own milliseconds. */
  get evaluated(): readonly EvaluatedFile[] {
    return this.runtime.logic.evaluated;
  }

  /** Timers of the app that have not fired. */
  get pendingTimers(): number {
    return this.runtime.timers.pending;
  }

  /** Waits until `condition` is truthy. The host evaluates it again after each event in the app. */
  waitFor<Value>(
    condition: () => Value,
    options?: WaitOptions,
  ): Promise<Exclude<Value, false | undefined | null>> {
    return this.waiting.until(condition, options);
  }

  /** Waits until the page with this route is on screen. */
  waitForPage(route: string, options?: WaitOptions): Promise<PageView> {
    const what = `page ${route} on screen`;
    return this.waitFor(() => this.route === route && this.page, { what, ...options });
  }

  /** Waits until a matching node is visible on the page on screen. */
  waitForNode(query: NodeQuery, options?: WaitOptions): Promise<NodeHandle> {
    const what = `a node with ${describeQuery(query)}`;
    return this.waitFor(() => this.page.maybe(query), { what, ...options });
  }

  /** The user presses a tab of the native tab bar, by text or index. */
  tapTab(tab: string | number): void {
    const { files, router } = this.runtime;
    if (this.tabBar.length === 0) throw new Error(`no native tab bar on ${this.route}`);
    const index = typeof tab === 'number' ? tab : files.tabs.findIndex(({ text }) => text === tab);
    const target = files.tabs[index];
    if (!target)
      throw new Error(`no tab ${tab}: ${files.tabs.map(({ text }) => text).join(' | ')}`);
    router.go('switchTab', `/${target.pagePath}`);
    router.top?.unit.call('onTabItemTap', this.runtime.copy({ index, ...target }));
    this.waiting.poke();
  }

  /** The user goes back, by gesture or arrow. */
  back(): void {
    this.runtime.router.go('navigateBack', '');
    this.waiting.poke();
  }

  /** The user leaves WeChat. `suspend` also stops timers and cuts sockets, as WeChat does after some seconds. */
  hide({ suspend = false, code = 1000, reason = 'interrupted' } = {}): void {
    const { app, router, timers } = this.runtime;
    this.runtime.foreground = false;
    router.hide(router.top);
    app?.call('onHide');
    this.wx.app.hide();
    if (!suspend) return;
    timers.suspend();
    this.wx.sockets.cutAll(code, reason);
  }

  /** The user comes back. */
  show(): void {
    const { app, router, timers } = this.runtime;
    this.runtime.foreground = true;
    timers.resume();
    const enter = { path: this.route, query: {}, scene: 1001, referrerInfo: {} };
    app?.call('onShow', this.runtime.copy(enter));
    this.wx.app.show();
    router.show(router.top);
  }

  /**
   * Moves the app's timers and Date forward by so many milliseconds at once. Server, network and {@link
   * WxHandle} keep the machine's time.
   */
  elapse(ms: number): void {
    this.runtime.elapse(ms);
  }

  /** Ends everything that the app started and disposes of the wx handle. */
  close(): void {
    this.stopListening();
    this.runtime.stop();
  }

  /** Text for a failed test: stack, sockets, visible wx dialogs, errors, the page's tree. */
  describe(): string {
    const { seed, wx } = this.options;
    const errors = this.errors.map(printable).join('\n');
    const lines = this.console
      .filter(({ level }) => level === 'error' || level === 'warn')
      .slice(-10);
    let tree: string;
    try {
      tree = this.page.tree();
    } catch (error) {
      tree = `(not rendered: ${printable(error)})`;
    }
    return [
      seed === undefined ? '' : `seed: ${seed}`,
      `stack: ${this.stack.map(({ route }) => route).join(' > ')}`,
      `sockets alive: ${wx.sockets.liveUrls.join(' ') || 'none'}`,
      `shown by wx:\n${wx.ui.describe()}`,
      errors && `errors:\n${errors}`,
      lines.map(({ level, text }) => `console.${level}: ${text}`).join('\n'),
      tree,
    ]
      .filter(Boolean)
      .join('\n');
  }
}

/**
 * Loads and starts the built mini-program; resolves after `onReady` of its first page. Throws when app.js
 * throws, when the markup does not compile, or when a page is missing.
 */
export async function launchHost(options: LaunchOptions): Promise<Host> {
  const host = new Host(options);
  await new Promise<void>((resolve) => nextMacrotask(() => nextMacrotask(resolve)));
  return host;
}
