import type { PageView } from './page-view';
import type { Renderer } from './renderer';
import type { Unit } from './unit';
import type { ViewNode } from './view-node';

/** A page in the stack. */
export interface PageRecord {
  id: number;
  route: string;
  unit: Unit;
  view: PageView;
  renderer: Renderer;
  /** Title in the navigation bar. */
  title: string;
  /** The custom tab bar on this page. */
  tabBar: { unit: Unit; view: PageView } | undefined;
  shown: boolean;
  ready: boolean;
  /** Whether `onReady` has begun. */
  isReadyCalled: boolean;
}

/** A page or component of the package, as its files declare it. */
export interface DeclaredUnit {
  /** Path in the package, without extension. */
  path: string;
  /** The components of its markup: paths by tag. */
  using: Record<string, string>;
  /** Names of the properties; a page has none. */
  properties: string[];
}

/** A page for another renderer: where its markup is, its data, and what this host makes of both. */
export interface PageSource {
  /** The built package. */
  root: string;
  route: string;
  /** The page and the components that it can contain. */
  units: DeclaredUnit[];
  /** The data as JSON. */
  json: string;
  /** Renders from the data alone, without text that the user typed. */
  tree(): ViewNode;
}

/** Creates and ends pages; the router decides when. */
export interface PageFactory {
  create(route: string, query: Record<string, string>, extra: Record<string, unknown>): PageRecord;
  destroy(page: PageRecord): void;
}

/** Splits `packages/chat/index?id=1` into route and query; values stay encoded, as in WeChat. */
export function splitUrl(
  url: string,
  from: string,
): { route: string; query: Record<string, string> } {
  const [path = '', search = ''] = url.split('?');
  const steps = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step && step !== '.') steps.push(step);
  }
  const query: Record<string, string> = {};
  for (const pair of search.split('&').filter(Boolean)) {
    const at = pair.indexOf('=');
    if (at < 0) query[pair] = '';
    else query[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return { route: steps.join('/'), query };
}

/** The event channel between an opened page and its opener. */
export class EventChannel {
  private readonly listeners = new Map<string, ((...args: unknown[]) => void)[]>();

  readonly on = (name: string, listener: (...args: unknown[]) => void): void => {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  };

  readonly once = (name: string, listener: (...args: unknown[]) => void): void => {
    const once = (...args: unknown[]) => {
      this.off(name, once);
      listener(...args);
    };
    this.on(name, once);
  };

  readonly off = (name: string, listener?: (...args: unknown[]) => void): void => {
    const left = listener
      ? (this.listeners.get(name) ?? []).filter((each) => each !== listener)
      : [];
    this.listeners.set(name, left);
  };

  readonly emit = (name: string, ...args: unknown[]): void => {
    (this.listeners.get(name) ?? []).forEach((listener) => listener(...args));
  };
}
