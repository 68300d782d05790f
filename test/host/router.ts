import type { ComponentRegistry } from './components';
import type { PackageFiles } from './package-files';
import { EventChannel, splitUrl, type PageFactory, type PageRecord } from './page-record';

/** WeChat's maximum number of pages in the stack. */
const STACK_LIMIT = 10;

export type Navigation = 'navigateTo' | 'redirectTo' | 'switchTab' | 'reLaunch' | 'navigateBack';

/** Reason for a refused navigation; becomes `navigateTo:fail …`. */
export class NavigationRefused extends Error {}

/** The page stack, with WeChat's rules for allowed navigations and life cycles. */
export class Router {
  readonly stack: PageRecord[] = [];
  /** Tab pages stay alive while another tab is on screen. */
  private readonly tabPages = new Map<string, PageRecord>();

  constructor(
    private readonly files: PackageFiles,
    private readonly factory: PageFactory,
    private readonly components: ComponentRegistry,
    private readonly afterRender: (task: () => void) => void,
  ) {}

  get top(): PageRecord | undefined {
    return this.stack.at(-1);
  }

  /** Every living page, including tab pages that are not on screen. */
  get alive(): PageRecord[] {
    return [...new Set([...this.stack, ...this.tabPages.values()])];
  }

  isTab(route: string): boolean {
    return this.files.tabs.some((tab) => tab.pagePath === route);
  }

  /** Carries out a navigation; throws {@link NavigationRefused} with WeChat's text. */
  go(kind: Navigation, url: string, delta = 1, events: Record<string, unknown> = {}): object {
    if (kind === 'navigateBack') {
      this.back(delta);
      return {};
    }
    const { route, query } = splitUrl(url, this.top?.route ?? '');
    if (!this.files.pages.includes(route))
      throw new NavigationRefused(`page "${url}" is not found`);
    if (kind === 'switchTab') {
      if (!this.isTab(route)) throw new NavigationRefused('can not switch to no-tabBar page');
      this.switchTab(route);
      return {};
    }
    if (kind !== 'reLaunch' && this.isTab(route)) {
      throw new NavigationRefused(`can not ${kind} a tabbar page`);
    }
    if (kind === 'navigateTo') return this.push(route, query, events);
    if (kind === 'redirectTo') {
      this.destroy(this.stack.pop());
    } else {
      const old = this.alive;
      this.stack.length = 0;
      this.tabPages.clear();
      old.reverse().forEach((page) => this.destroy(page));
    }
    this.open(route, query);
    return {};
  }

  /** Calls `onShow` of a page, unless the page is already shown. */
  show(page: PageRecord | undefined): void {
    if (!page || page.shown) return;
    page.shown = true;
    page.unit.call('onShow');
    page.renderer.componentUnits.forEach((unit) => this.components.pageLifetime(unit, 'show'));
    if (page.ready) return;
    page.ready = true;
    this.afterRender(() => {
      if (page.unit.gone) return;
      page.isReadyCalled = true;
      page.unit.call('onReady');
    });
  }

  hide(page: PageRecord | undefined): void {
    if (!page?.shown) return;
    page.shown = false;
    page.unit.call('onHide');
    page.renderer.componentUnits.forEach((unit) => this.components.pageLifetime(unit, 'hide'));
  }

  private push(
    route: string,
    query: Record<string, string>,
    events: Record<string, unknown>,
  ): object {
    if (this.stack.length >= STACK_LIMIT) {
      throw new NavigationRefused(`webview count limit exceed`);
    }
    const eventChannel = new EventChannel();
    for (const [name, listener] of Object.entries(events)) {
      if (typeof listener === 'function') eventChannel.on(name, listener as () => void);
    }
    this.hide(this.top);
    this.open(route, query, { getOpenerEventChannel: () => eventChannel });
    return { eventChannel };
  }

  private open(
    route: string,
    query: Record<string, string>,
    extra: Record<string, unknown> = {},
  ): void {
    const page = this.factory.create(route, query, extra);
    this.stack.push(page);
    if (this.isTab(route)) this.tabPages.set(route, page);
    page.unit.call('onLoad', page.unit.instance.options);
    this.show(page);
  }

  private switchTab(route: string): void {
    if (this.top?.route === route) return;
    const leaving = this.stack.splice(0);
    // A page that is about to be unloaded gets no `onHide`.
    const last = leaving.at(-1);
    if (last && this.isTab(last.route)) this.hide(last);
    leaving
      .reverse()
      .filter((page) => !this.isTab(page.route))
      .forEach((page) => this.destroy(page));
    const known = this.tabPages.get(route);
    if (known) {
      this.stack.push(known);
      this.show(known);
    } else {
      this.open(route, {});
    }
  }

  private back(delta: number): void {
    if (this.stack.length <= 1) throw new NavigationRefused('cannot navigate back at first page.');
    const leaving = this.stack.splice(Math.max(1, this.stack.length - Math.max(1, delta)));
    leaving.reverse().forEach((page) => this.destroy(page));
    this.show(this.top);
  }

  private destroy(page: PageRecord | undefined): void {
    if (!page) return;
    page.unit.call('onUnload');
    page.shown = false;
    this.tabPages.delete(page.route);
    this.factory.destroy(page);
  }
}
