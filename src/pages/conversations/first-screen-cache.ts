import Taro from '@tarojs/taro';
import { reaction } from 'mobx';
import { wxCall } from '@/components/page/wx-call';
import type { RootStore, SettingsStore } from '@/stores';

/** A node of Taro's tree in the data of a page: class and children. */
export interface CachedNode {
  readonly cl?: string;
  readonly cn?: readonly CachedNode[];
}

/** The page as WeChat gives it. `setInitialRenderingCache` needs base library 2.11.1 and WeChat's WebView. */
export interface CachingPage {
  readonly data: { readonly root?: CachedNode };
  setInitialRenderingCache?(data: { root: CachedNode } | null): void;
}

/** Classes of a row that the list does not have before the SDK is connected, or before a touch. */
const AFTER_START = /\s*\bconv-(online|swiped)\b/g;

/**
 * The first screen of the list for WeChat's initial rendering cache, with which WeChat draws the page before any script
 * runs: at most `rows` rows. Null when the page does not show the head of the list: it is scrolled, empty, or under a
 * menu.
 */
export function firstScreenOf(root: CachedNode, rows: number): CachedNode | null {
  let left = rows;
  let isWhole = true;
  const cutRows = (segment: CachedNode): CachedNode => {
    const kept = (segment.cn ?? []).slice(0, left).map(plainRow);
    // A segment away from the screen is an empty box.
    if (kept.length === 0 && left > 0) isWhole = false;
    left -= kept.length;
    return { ...segment, cn: kept };
  };
  const cut = (node: CachedNode): CachedNode => {
    if (has(node, 'pm-mask')) isWhole = false;
    if (!node.cn) return node;
    if (!has(node, 'conversations')) return { ...node, cn: node.cn.map(cut) };
    const segments: CachedNode[] = [];
    for (const segment of node.cn) if (left > 0 && isWhole) segments.push(cutRows(segment));
    return { ...node, cn: segments };
  };
  const screen = cut(root);
  return isWhole && left < rows ? screen : null;
}

function plainRow(row: CachedNode): CachedNode {
  return {
    ...row,
    ...(row.cl !== undefined && { cl: row.cl.replace(AFTER_START, '') }),
    ...(row.cn && { cn: row.cn.filter((each) => !has(each, 'conv-acts')) }),
  };
}

function has({ cl }: CachedNode, name: string): boolean {
  return cl?.split(' ').includes(name) ?? false;
}

/** What the drawn list depends on, apart from its rows. */
type Look = Pick<RootStore, 'account'> & Pick<SettingsStore, 'language' | 'theme' | 'textSize'>;

function isSameLook(a: Look | null, b: Look): boolean {
  return (
    a?.account === b.account &&
    a.language === b.language &&
    a.theme === b.theme &&
    a.textSize === b.textSize
  );
}

/**
 * Keeps WeChat's initial rendering cache of the list of conversations. The cache is on the device and is drawn before
 * anything is checked, so it follows the rules of the stored list: only of a user who stays signed in, and removed in
 * the turn in which the account is left. The texts and colours in it belong to a language, a theme and a size of texts.
 */
export class FirstScreenCache {
  private drawn: Look | null = null;
  private isKept = false;
  private isOver = false;
  private readonly stops: (() => void)[];

  /** Create it in `onReady` or later: WeChat refuses an earlier call. */
  constructor(
    private readonly page: CachingPage,
    private readonly root: RootStore,
    private readonly rows: number,
  ) {
    this.stops = [
      reaction(
        () => this.look(),
        () => this.forget(),
        { equals: isSameLook },
      ),
      // The rows of the server are in the data of the page after the next flush.
      reaction(
        () => this.isConfirmed(),
        () => Taro.nextTick(() => this.keepFirst()),
      ),
    ];
    if (!root.account) this.forget();
  }

  /** Called when the page has been drawn with the present account, language, theme and size of texts. */
  markDrawn(): void {
    const look = this.look();
    // What React has rendered is in the data of the page after the next flush.
    Taro.nextTick(() => {
      if (!isSameLook(look, this.look())) return;
      this.drawn = look;
      this.keepFirst();
    });
  }

  /** Keeps the first list that the server has confirmed. */
  private keepFirst(): void {
    if (!this.isOver && !this.isKept && this.isConfirmed()) this.keep();
  }

  private isConfirmed(): boolean {
    const { account, connection } = this.root;
    const { state, rows } = account?.conversations ?? {};
    return connection.isOnline && state === 'ready' && (rows?.length ?? 0) > 0;
  }

  /** Keeps what the page shows. WeChat draws it once more in the background. */
  keep(): void {
    const look = this.look();
    const { root } = this.page.data;
    // The data may still be those of the account, the language or the theme before.
    if (!root || !look.account || !isSameLook(this.drawn, look)) return;
    if (!this.root.session.staysSignedIn || !this.root.connection.isOnline) return;
    const screen = firstScreenOf(root, this.rows);
    if (!screen) return;
    this.isKept = true;
    this.set({ root: screen });
  }

  /** WeChat takes nothing from a page that it has unloaded. */
  dispose(): void {
    this.isOver = true;
    for (const stop of this.stops) stop();
  }

  private forget(): void {
    this.drawn = null;
    this.isKept = false;
    this.set(null);
  }

  private set(data: { root: CachedNode } | null): void {
    if (this.page.setInitialRenderingCache && !this.isOver)
      void wxCall(() => this.page.setInitialRenderingCache?.(data));
  }

  private look(): Look {
    const { account, settings } = this.root;
    const { language, theme, textSize } = settings;
    return { account, language, theme, textSize };
  }
}
