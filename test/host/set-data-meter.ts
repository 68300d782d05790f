export interface SetDataCount {
  /** Calls to the page on screen. */
  calls: number;
  /** UTF-8 bytes of their JSON. */
  bytes: number;
  /** Calls to a page below another page, or while the app is in the background. */
  hiddenCalls: number;
  hiddenBytes: number;
}

export interface SetDataCall {
  atMs: number;
  route: string;
  /** The component that called, unless the page itself called. */
  component: string;
  visible: boolean;
  bytes: number;
  paths: string[];
  /** The JSON that was sent; kept while {@link SetDataMeter.keepJson} is true. */
  json: string;
}

export interface SetDataSnapshot extends SetDataCount {
  pages: Record<string, SetDataCount>;
  log: SetDataCall[];
}

const LOG_AT_MOST = 5000;
/** WeChat refuses a call above 1 MB. */
export const SET_DATA_LIMIT = 1024 * 1024;

const zero = (): SetDataCount => ({ calls: 0, bytes: 0, hiddenCalls: 0, hiddenBytes: 0 });

function add(count: SetDataCount, call: SetDataCall): void {
  if (call.visible) {
    count.calls += 1;
    count.bytes += call.bytes;
  } else {
    count.hiddenCalls += 1;
    count.hiddenBytes += call.bytes;
  }
}

/** Counts data that crosses from logic to view: this cost decides how fast a mini-program feels. */
export class SetDataMeter {
  /** Keeps the JSON of every call in the log. */
  keepJson = false;
  /** Receives every call with its JSON, when set. */
  onCall: ((call: SetDataCall) => void) | undefined;
  private total = zero();
  private pages = new Map<string, SetDataCount>();
  private log: SetDataCall[] = [];
  private since: number;

  /** @param now the clock of {@link SetDataCall.atMs}, in milliseconds; a change takes effect at the next reset */
  constructor(public now: () => number = () => performance.now()) {
    this.since = now();
  }

  reset(): void {
    this.total = zero();
    this.pages = new Map();
    this.log = [];
    this.since = this.now();
  }

  /** Data sent since the last {@link reset}. */
  snapshot(): SetDataSnapshot {
    const pages = Object.fromEntries(
      [...this.pages].map(([route, count]) => [route, { ...count }]),
    );
    return { ...this.total, pages, log: [...this.log] };
  }

  record(
    route: string,
    component: string,
    visible: boolean,
    json: string,
    paths: string[],
  ): number {
    const bytes = Buffer.byteLength(json);
    const atMs = this.now() - this.since;
    const call = { atMs, route, component, visible, bytes, paths, json: this.keepJson ? json : '' };
    this.onCall?.({ ...call, json });
    add(this.total, call);
    const page = this.pages.get(route) ?? zero();
    add(page, call);
    this.pages.set(route, page);
    this.log.push(call);
    if (this.log.length > LOG_AT_MOST) this.log.shift();
    return bytes;
  }
}
