import { setImmediate as nextMacrotask } from 'node:timers';
import path from 'node:path';
import type { WxHandle } from '../wx';
import { makeConsole, printable, type ConsoleLine } from './app-console';
import { AppTimers } from './app-timers';
import { ComponentRegistry } from './components';
import { LogicContext } from './logic-context';
import { answerMeasurement } from './measuring';
import { PackageFiles } from './package-files';
import type { DeclaredUnit, PageFactory, PageRecord, PageSource } from './page-record';
import { PageView } from './page-view';
import { Renderer } from './renderer';
import { keepsRenderings, type RenderingCache, renderingCacheOf } from './rendering-cache';
import { NavigationRefused, Router, type Navigation } from './router';
import { SetDataMeter } from './set-data-meter';
import { Unit, type Fields, type UnitHost } from './unit';
import { loadWxml, type Render } from './wxml';

export interface RuntimeOptions {
  dist: string;
  wx: WxHandle;
  echo?: boolean;
  now?: () => number;
  compileAnew?: boolean;
  globals?: Record<string, unknown>;
  renderingCache?: RenderingCache;
}

const NAVIGATIONS: Navigation[] = [
  'navigateTo',
  'redirectTo',
  'switchTab',
  'reLaunch',
  'navigateBack',
];

const NEW = { shown: false, ready: false, isReadyCalled: false };

/** Runs the app for {@link Host}: app.js and pages in their realm, their instances and views. */
export class Runtime implements UnitHost, PageFactory {
  readonly errors: unknown[] = [];
  readonly console: ConsoleLine[] = [];
  readonly unsupported: string[] = [];
  readonly meter: SetDataMeter;
  readonly timers: AppTimers;
  readonly files: PackageFiles;
  readonly logic: LogicContext;
  readonly router: Router;
  app: Unit | undefined;
  /** The first page, drawn from the rendering cache. */
  cachedPage: PageView | undefined;
  foreground = true;
  private readonly render: Render;
  private readonly components: ComponentRegistry;
  private readonly renderingCache: RenderingCache;
  private readonly pageConfigs = new Map<string, Fields>();
  private appConfig: Fields = {};
  private loading = '';
  private pages = 0;
  private closed = false;
  private clockIsShifted = false;

  constructor(
    private readonly options: RuntimeOptions,
    /** Called after each event in the app. */
    private readonly poke: () => void,
  ) {
    this.meter = new SetDataMeter(options.now);
    this.renderingCache = options.renderingCache ?? new Map();
    this.files = new PackageFiles(path.resolve(options.dist));
    this.render = loadWxml(this.files.root);
    this.timers = new AppTimers((task) => this.guard(task));
    this.logic = new LogicContext(
      this.files,
      this.globals(),
      (task) => this.later(task),
      options.compileAnew,
      (root) => options.wx.options.packageFaults?.[root],
    );
    this.components = new ComponentRegistry(this, (unitPath) => this.loadComponent(unitPath));
    this.router = new Router(this.files, this, this.components, (task) => this.later(task));
    this.adoptWx(options.wx);
  }

  /** Runs app.js, its life cycle and the first page. The meter's time counts from here. */
  start(first: string, query: Record<string, string>, scene: number): void {
    this.drawCached(first, query);
    this.meter.reset();
    this.logic.require('app.js');
    if (this.files.app.lazyCodeLoading !== 'requiredComponents') {
      this.files.app.pages.forEach((route) => this.loadPage(route));
    }
    this.app = new Unit(this, 'app', '', this.appConfig, {});
    const enter = this.copy({ path: first, query, scene, referrerInfo: {} });
    this.app.call('onLaunch', enter);
    this.app.call('onShow', enter);
    const search = Object.entries(query).map(([key, value]) => `${key}=${value}`);
    this.router.go('reLaunch', `/${first}${search.length > 0 ? `?${search.join('&')}` : ''}`);
  }

  stop(): void {
    this.closed = true;
    this.timers.stop();
    this.options.wx.dispose();
  }

  /** Moves timers and Date forward; see {@link AppTimers.elapse}. */
  elapse(ms: number): void {
    if (!this.clockIsShifted) this.logic.shiftClock(() => this.timers.aheadMs);
    this.clockIsShifted = true;
    this.timers.elapse(ms);
  }

  copy(value: unknown): unknown {
    return this.logic.copy(value);
  }

  later(task: () => void): void {
    nextMacrotask(() => {
      if (!this.closed) this.guard(task);
    });
  }

  inTap(task: () => unknown): unknown {
    return this.options.wx.inTap(task);
  }

  guard(task: () => unknown): unknown {
    try {
      return task();
    } catch (error) {
      this.fail(error);
      return undefined;
    } finally {
      this.poke();
    }
  }

  fail(error: unknown): void {
    this.errors.push(error);
    const handler = this.app?.method('onError');
    try {
      handler?.call(this.app?.instance, printable(error));
    } catch (second) {
      this.errors.push(second);
    }
    this.poke();
  }

  warn(text: string): void {
    this.console.push({ level: 'host', text });
  }

  unplayed(what: string): void {
    if (!this.unsupported.includes(what)) this.unsupported.push(what);
  }

  sent(unit: Unit, json: string, paths: string[]): void {
    const page = this.pageOf(unit);
    const visible = this.foreground && page === this.router.top;
    this.meter.record(page?.route ?? unit.path, unit.component, visible, json, paths);
  }

  changed(unit: Unit): void {
    const page = this.pageOf(unit);
    if (!page) return;
    (page.tabBar?.unit === unit ? page.tabBar.view : page.view).changed();
    this.bringComponentsToLife(page);
    this.poke();
  }

  /** The pages of the stack, bottom first, for another renderer. */
  get sources(): PageSource[] {
    return this.router.stack.map(({ route, unit, view }) => {
      const { root } = this.files;
      const [units, json] = [this.unitsOf(route), JSON.stringify(unit.data)];
      return { root, route, units, json, tree: () => view.plainTree() };
    });
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
      getOpenerEventChannel: () => ({}),
    };
    const unit = new Unit(this, route, '', { ...members, ...own, ...extra }, data);
    const made: { page?: PageRecord } = {};
    if (this.keepsRenderings) {
      const set = renderingCacheOf(this.renderingCache, {
        route,
        isReady: () => made.page?.isReadyCalled ?? false,
        isGone: () => unit.gone,
        isDynamic: this.files.unit(route).initialRenderingCache === 'dynamic',
      });
      unit.instance.setInitialRenderingCache = (cached: unknown) => {
        try {
          set(cached);
        } catch (error) {
          // Also where the app catches the error.
          this.fail(error);
        }
      };
    }
    const renderer = new Renderer(this.render, this.files, this.components, unit);
    const view = new PageView(this, route, query, unit, renderer);
    const title = this.files.unit(route).navigationBarTitleText ?? '';
    const tabBar = this.customTabBar(route);
    if (tabBar) unit.instance.getTabBar = () => tabBar.unit.instance;
    const page = { id, route, unit, view, renderer, title, tabBar, ...NEW };
    made.page = page;
    this.bringComponentsToLife(page);
    return page;
  }

  destroy(page: PageRecord): void {
    page.renderer.dispose();
    page.unit.gone = true;
    if (page.tabBar) this.components.detach(page.tabBar.unit);
  }

  /** A page and, by way of the declarations, each component that it can contain. */
  private unitsOf(route: string): DeclaredUnit[] {
    const units = new Map<string, DeclaredUnit>();
    const add = (path: string): void => {
      if (units.has(path)) return;
      const using = this.files.componentsOf(path);
      units.set(path, { path, using, properties: this.components.propertiesOf(path) });
      Object.values(using).forEach(add);
    };
    add(route);
    return [...units.values()];
  }

  private get keepsRenderings(): boolean {
    // A test may have changed the answers of `wx`.
    const info = this.options.wx.wx.getSystemInfoSync() as { SDKVersion?: unknown } | null;
    return keepsRenderings(info?.SDKVersion);
  }

  /** WeChat draws the kept data over an empty page, without any script of the app. */
  private drawCached(route: string, query: Record<string, string>): void {
    const data = this.renderingCache.get(route);
    if (!data || !this.keepsRenderings) return;
    const unit = new Unit(this, route, '', {}, data);
    const renderer = new Renderer(this.render, this.files, this.components, unit);
    this.cachedPage = new PageView(this, route, query, unit, renderer);
  }

  private pageOf(unit: Unit): PageRecord | undefined {
    return this.router.alive.find(
      (page) =>
        page.unit === unit ||
        page.tabBar?.unit === unit ||
        page.renderer.componentUnits.includes(unit),
    );
  }

  /** They live by being rendered, whether or not a test looks. Taro's `comp` has no life of its own. */
  private bringComponentsToLife(page: PageRecord): void {
    const names = Object.keys(this.files.componentsOf(page.route));
    if (names.some((name) => name !== 'comp')) {
      this.later(() => !page.unit.gone && page.view.render());
    }
  }

  private customTabBar(route: string): PageRecord['tabBar'] {
    if (!this.files.app.tabBar?.custom || !this.router.isTab(route)) return undefined;
    const unitPath = 'custom-tab-bar/index';
    const unit = this.components.make(unitPath, 'custom-tab-bar', {});
    const renderer = new Renderer(this.render, this.files, this.components, unit);
    this.components.start(unit);
    return { unit, view: new PageView(this, unitPath, {}, unit, renderer) };
  }

  private loadPage(route: string): void {
    if (this.pageConfigs.has(route)) return;
    this.logic.loadedPackages.add(this.files.packageOf(route));
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

  private adoptWx(wx: WxHandle): void {
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
    for (const kind of NAVIGATIONS) {
      wx.install({ [kind]: wx.api(kind, (asked) => this.navigate(kind, asked)) });
    }
    const setTitle = wx.wx.setNavigationBarTitle as unknown as (asked: Fields) => unknown;
    wx.install({
      setNavigationBarTitle: (asked: Fields) => {
        const { top } = this.router;
        if (top) top.title = String(asked.title ?? '');
        this.poke();
        return setTitle(asked);
      },
    });
  }

  private globals(): Fields {
    const { echo, globals, wx } = this.options;
    return {
      wx: wx.wx,
      console: makeConsole((line) => {
        this.console.push(line);
        if (echo) process.stderr.write(`[app ${line.level}] ${line.text}\n`);
      }),
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
        this.unplayed('Behavior');
        return config;
      },
      getApp: () => this.app?.instance ?? this.appConfig,
      getCurrentPages: () => this.logic.list(this.router.stack.map(({ unit }) => unit.instance)),
      ...globals,
    };
  }
}
