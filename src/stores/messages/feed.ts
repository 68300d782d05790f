import { makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import type { EngineMessage } from './entry';

/** Early messages that are kept at most; older ones are in the page that is being loaded. */
const EARLY_KEPT = 1000;

export interface Page<M> {
  readonly messages: readonly M[];
  /** The server may have more in the direction of the page. */
  readonly hasMore: boolean;
}

/** The messages around a message. */
export interface Around<M> {
  readonly messages: readonly M[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** The server's messages of one conversation. @throws ConnectionError from every method */
export interface FeedSource<M> {
  newest(): Promise<Page<M>>;
  /** The page before the messages in memory. */
  older(): Promise<Page<M>>;
  /** The page after the messages in memory. */
  newer(): Promise<Page<M>>;
}

/** The messages in memory, and the window of them that the view may show. Methods run inside an action. */
export interface FeedWindow {
  /** The window has the oldest message in memory. */
  readonly showsOldest: boolean;
  readonly showsNewest: boolean;
  /** Adds a page of rows from memory. */
  extendOlder(): void;
  /** Adds a page of rows from memory. Returns the number of rows. */
  extendNewer(): number;
  /** Resets the window to the newest messages in memory. */
  showNewest(): void;
}

export type Loading = 'older' | 'newer' | 'latest' | 'around';

/**
 * Pages of a conversation: the first page, older and newer pages, the jump to the newest message, and the
 * pushes that arrive while a page is loaded. A subclass adds what differs between chats and rooms: how
 * messages get into its memory, and what the loss of the link means.
 */
export abstract class Feed<M extends EngineMessage> {
  /** The first page is there, or the feed goes on without it. */
  ready = false;
  /** Reason of the last page that failed. */
  error: ConnectionError | null = null;
  hasOlder = true;
  /** Newer messages than the window shows are in memory or on the server. */
  hasNewer = false;
  loading: Loading | null = null;
  /** Number of messages that arrived while the reader was further up. */
  unseen = 0;
  protected abstract readonly source: FeedSource<M>;
  protected abstract readonly content: FeedWindow;
  protected atBottom = true;
  /** The server has newer messages than the memory. */
  protected detached = false;
  /** The server has older messages than the memory. */
  protected serverHasOlder = true;
  protected disposed = false;
  /** Messages that arrived while a page was loaded that they may have to be joined to. */
  private early: M[] = [];
  /** The newest request for a page; the answer to an older request is ignored. */
  private request: object | null = null;

  constructor() {
    makeObservable(this, {
      ready: observableRef,
      error: observableRef,
      hasOlder: observableRef,
      hasNewer: observableRef,
      loading: observableRef,
      unseen: observableRef,
    });
  }

  /** Shows a page of older rows, from memory or from the server. One request at a time. */
  async loadOlder(): Promise<void> {
    if (!this.ready || !this.hasOlder) return;
    if (!this.content.showsOldest) {
      this.change(() => this.content.extendOlder());
      return;
    }
    await this.load(
      'older',
      () => this.source.older(),
      ({ messages, hasMore }) => {
        this.serverHasOlder = hasMore;
        this.addOlder(messages);
      },
    );
  }

  /** Shows a page of newer rows, from memory or from the server. */
  async loadNewer(): Promise<void> {
    if (!this.content.showsNewest) {
      this.change(() => this.showNewer());
      return;
    }
    if (!this.detached) return;
    await this.load(
      'newer',
      () => this.source.newer(),
      ({ messages, hasMore }) => {
        this.addNewer(messages);
        this.detached = hasMore;
        this.showNewer();
      },
    );
  }

  /** Shows the newest message. */
  async jumpToLatest(): Promise<void> {
    this.atBottom = true;
    if (this.detached) {
      await this.loadLatest();
      return;
    }
    runInAction(() => {
      if (!this.content.showsNewest) this.content.showNewest();
      this.reachEnd();
    });
  }

  dispose(): void {
    this.disposed = true;
  }

  // --- what differs; each method runs inside an action ------------------------------------------------

  /** Replaces memory and window by the newest page. */
  protected abstract beginWith(messages: readonly M[]): void;
  /** Adds a page of older messages to memory and window. */
  protected abstract addOlder(messages: readonly M[]): void;
  /** Adds a page of newer messages to memory. */
  protected abstract addNewer(messages: readonly M[]): void;
  /** Adds messages that arrived while a page was loaded. */
  protected abstract join(messages: readonly M[]): void;

  /** Extends the window with newer rows from memory. */
  protected showNewer(): void {
    this.content.extendNewer();
  }

  /** The reader is at the newest message. */
  protected reachEnd(): void {
    this.unseen = 0;
    this.updateEdges();
  }

  // --- for the subclass -------------------------------------------------------------------------------

  /** New messages are shown as they arrive. */
  protected get follows(): boolean {
    return this.atBottom && !this.detached && this.content.showsNewest;
  }

  /** Loads the newest page in place of everything that is shown, instead of any other page. */
  protected async loadLatest(): Promise<void> {
    await this.load(
      'latest',
      () => this.source.newest(),
      ({ messages, hasMore }) => {
        this.serverHasOlder = hasMore;
        this.detached = false;
        this.beginWith(messages);
        this.ready = true;
      },
    );
  }

  /**
   * Loads messages around a message in place of everything that is shown, instead of any other page. Returns false
   * when the server does not have the message; the view stays then. `begin` replaces memory and window.
   * @throws ConnectionError
   */
  protected async loadAround(
    fetch: () => Promise<Around<M> | null>,
    begin: (messages: readonly M[]) => void,
  ): Promise<boolean> {
    let isFound = false;
    const error = await this.load('around', fetch, (around) => {
      if (!around) return;
      isFound = true;
      this.serverHasOlder = around.hasOlder;
      this.detached = around.hasNewer;
      this.atBottom = false;
      this.ready = true;
      begin(around.messages);
    });
    if (error) throw error;
    return isFound;
  }

  /** Keeps arrived messages until the page is there that they join. Returns false when they can be shown now. */
  protected defer(messages: readonly M[]): boolean {
    const joinsPage =
      this.loading === 'latest' ||
      this.loading === 'around' ||
      (this.detached && this.loading === 'newer');
    if (this.ready && !joinsPage) return false;
    this.early.push(...messages);
    if (this.early.length > EARLY_KEPT) this.early.splice(0, this.early.length - EARLY_KEPT);
    return true;
  }

  /** Runs inside an action. */
  protected joinEarly(): void {
    const { early } = this;
    this.early = [];
    if (early.length > 0) this.join(early);
  }

  /** Runs inside an action. */
  protected updateEdges(): void {
    this.hasOlder = this.serverHasOlder || !this.content.showsOldest;
    this.hasNewer = this.detached || !this.content.showsNewest;
    if (this.follows) this.unseen = 0;
  }

  private change(work: () => void): void {
    runInAction(() => {
      work();
      this.updateEdges();
    });
  }

  /** Returns the error of a page that failed and is still wanted. */
  private async load<P>(
    what: Loading,
    fetch: () => Promise<P>,
    use: (page: P) => void,
  ): Promise<ConnectionError | null> {
    const replacesOthers = what === 'latest' || what === 'around';
    if (this.disposed || (this.loading && !replacesOthers)) return null;
    const request = (this.request = {});
    runInAction(() => (this.loading = what));
    let page: P | undefined;
    let error: ConnectionError | null = null;
    try {
      page = await fetch();
    } catch (cause) {
      error = ConnectionError.from(cause);
    }
    if (this.disposed || this.request !== request) return null;
    this.change(() => {
      this.loading = null;
      // A jump that failed is told to its caller; the pages that are shown have not failed.
      if (what !== 'around') this.error = error;
      if (page !== undefined) use(page);
      if (this.ready) this.joinEarly();
    });
    return error;
  }
}
