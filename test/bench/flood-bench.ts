import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from '../../scripts/lib/build';
import type { SetDataCall } from '../host';
import { answerMeasurement } from '../host/measuring';
import { launchPhone, type Phone } from '../weapp/phone';
import { atMost, type Figure } from './figures';
import { FLOODED_ROOM, type FloodOrder, type FloodReport } from './flood-emulator';
import { heapUsed } from './heap';

const PER_SECOND = 1000;
const MEMBERS = 200;
const OWN_EVERY_MS = 3000;
/** From here on memory must not grow. */
const SETTLED_S = 10;
const HEAP_EVERY_MS = 5000;
/** On a phone the view has its own thread. Here a whole page is rendered, in 200 ms, at the cost of the logic. */
const MEASURE_EVERY_MS = 1000;

/** What a flood did to the room's page. */
export interface FloodFigures {
  sent: number;
  shown: number;
  skipped: number;
  maxSetDataPerSecond: number;
  maxSetDataBytes: number;
  ownLatencyMsMax: number;
  heapGrowthAfter10sPercent: number;
  /** Where messages are missing, in words; empty when none are. */
  holes: string;
}

/**
 * 1,000 messages a second for a minute into the room page of the built package, 200 members coming and
 * going, with a message of one's own every three seconds.
 */
export async function measureFlood(seconds = 60): Promise<FloodFigures> {
  const { directory } = await build({ target: 'weapp' });
  const emulator = fork(path.join(__dirname, 'flood-emulator.ts'), {
    execArgv: ['--import', 'tsx'],
  });
  try {
    const { url } = await reported(emulator, 'url');
    const phone = await launchPhone(directory, { url });
    try {
      return await new Flooded(phone, emulator, seconds).run();
    } finally {
      phone.host.close();
    }
  } finally {
    emulator.kill();
  }
}

export async function benchFlood(): Promise<Figure[]> {
  const flood = await measureFlood();
  const lost = Math.abs(flood.sent - flood.shown - flood.skipped);
  return [
    atMost('flood.lost', lost, 0, {
      note: `sent ${flood.sent}, shown ${flood.shown}, skipped ${flood.skipped}${flood.holes}`,
    }),
    atMost('flood.maxSetDataPerSecond', flood.maxSetDataPerSecond, 10),
    atMost('flood.maxSetDataBytes', flood.maxSetDataBytes, 20_000, { unit: 'B' }),
    atMost('flood.ownLatencyMsMax', flood.ownLatencyMsMax, 200, {
      unit: 'ms',
      note: 'a message of one’s own, from the tap to its setData',
    }),
    atMost('flood.heapGrowthAfter10sPercent', flood.heapGrowthAfter10sPercent, 10, { unit: '%' }),
  ];
}

async function reported<K extends string>(
  child: ChildProcess,
  what: K,
): Promise<Extract<FloodReport, Record<K, unknown>>> {
  for (;;) {
    const [report] = (await once(child, 'message')) as [FloodReport];
    if (what in report) return report as Extract<FloodReport, Record<K, unknown>>;
  }
}

class Flooded {
  private readonly shown = new Set<string>();
  private readonly skips = new Map<string, number>();
  private readonly times: number[] = [];
  private maxBytes = 0;
  private waiting: { text: string; since: number } | undefined;
  private readonly latencies: number[] = [];
  private floodId = '';

  constructor(
    private readonly phone: Phone,
    private readonly emulator: ChildProcess,
    private readonly seconds: number,
  ) {}

  async run(): Promise<FloodFigures> {
    const { phone, emulator } = this;
    const { host } = phone;
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await host.waitForPage('pages/conversations/index');
    void phone.wx.wx.navigateTo({ url: `/packages/chatroom/room/index?roomId=${FLOODED_ROOM}` });
    await host.waitForNode({ tag: 'textarea' });
    await pause(500);

    this.measureSeldom();
    host.setData.onCall = (call) => this.note(call);
    const done = reported(emulator, 'sent');
    const started = reported(emulator, 'started');
    const order: FloodOrder = {
      perSecond: PER_SECOND,
      seconds: this.seconds,
      members: MEMBERS,
      seed: 20,
    };
    emulator.send(order);
    ({ started: this.floodId } = await started);
    const own = setInterval(() => this.sendOwn(), OWN_EVERY_MS);
    await pause(SETTLED_S * 1000);
    const heaps: number[] = [];
    const measuring = setInterval(() => heaps.push(heapUsed()), HEAP_EVERY_MS);
    const { sent } = await done;
    clearInterval(own);
    clearInterval(measuring);
    await this.quiet();
    host.setData.onCall = undefined;
    return {
      sent,
      shown: this.shown.size,
      skipped: [...this.skips.values()].reduce((sum, one) => sum + one, 0),
      maxSetDataPerSecond: mostWithin(this.times, 1000),
      maxSetDataBytes: this.maxBytes,
      ownLatencyMsMax: Math.round(Math.max(...this.latencies)),
      heapGrowthAfter10sPercent: growth(heaps),
      holes: this.holes(sent),
    };
  }

  /** The page's measurements are answered from a layout at most MEASURE_EVERY_MS old. */
  private measureSeldom(): void {
    const { host, wx } = this.phone;
    const answers = new Map<string, { answer: unknown; at: number }>();
    wx.setMeasure((asked) => {
      const key = JSON.stringify(asked);
      const known = answers.get(key);
      const now = performance.now();
      if (known && now - known.at < MEASURE_EVERY_MS) return known.answer;
      const answer = answerMeasurement(host.page, asked);
      answers.set(key, { answer, at: performance.now() });
      return answer;
    });
  }

  private note({ bytes, json }: SetDataCall): void {
    const now = performance.now();
    this.times.push(now);
    this.maxBytes = Math.max(this.maxBytes, bytes);
    for (const value of Object.values(JSON.parse(json) as Record<string, unknown>))
      this.look(value);
    if (this.waiting && json.includes(this.waiting.text)) {
      this.latencies.push(now - this.waiting.since);
      this.waiting = undefined;
    }
  }

  /** Rows of the flood in what is sent, and how many messages each says were passed over before it. */
  private look(value: unknown): void {
    if (Array.isArray(value)) return value.forEach((each) => this.look(each));
    if (typeof value !== 'object' || value === null) return;
    const node = value as { cl?: string; cn?: unknown };
    const text = node.cl?.startsWith('msg ') || node.cl === 'msg' ? JSON.stringify(node) : '';
    if (!text) return this.look(node.cn);
    const id = new RegExp(`"uid":"[a-z]+-(${this.floodId}-\\d+)"`).exec(text)?.[1];
    const skipped = /略过了 (\d+) 条消息/.exec(text)?.[1];
    if (id) this.shown.add(id);
    if (skipped) this.skips.set(/"uid":"([^"]+)"/.exec(text)?.[1] ?? text, Number(skipped));
  }

  /** The messages between two that were shown must be those that the second says were passed over. */
  private holes(sent: number): string {
    const numberOf = (id: string) => Number(/\d+$/.exec(id)?.[0]);
    const skips = new Map([...this.skips].map(([id, count]) => [numberOf(id), count]));
    const shown = [...this.shown].map(numberOf).sort((a, b) => a - b);
    let before = shown[0] === undefined ? 0 : shown[0] - 1 - (skips.get(shown[0]) ?? 0);
    let text = '';
    for (const number of shown) {
      const missing = number - before - 1 - (skips.get(number) ?? 0);
      if (missing !== 0) text += `, ${missing} missing before ${number}`;
      before = number;
    }
    const tail = sent - shown.length - [...skips.values()].reduce((sum, one) => sum + one, 0);
    if (!text && tail !== 0) text = `, ${tail} missing at the end, after ${before}`;
    const cuts = this.phone.wx.sockets.log.filter(({ event }) => event === 'closed').length;
    // After a cut with very much missed the room begins anew with its newest page: see MessageStream.
    return cuts > 0 ? `${text}, ${cuts} sockets closed` : text;
  }

  private sendOwn(): void {
    const { page } = this.phone.host;
    const text = `own words ${this.latencies.length}.`;
    page.find({ tag: 'textarea' }).input(text);
    // The letters first, as a finger does it; the button comes with the page's own pace.
    const tap = () => {
      const button = page.maybe({ className: 'composer-send' });
      if (!button) return void setTimeout(tap, 100);
      this.waiting = { text, since: performance.now() };
      button.tap();
    };
    setTimeout(tap, 200);
  }

  private async quiet(): Promise<void> {
    for (let known = -1; known !== this.times.length;) {
      known = this.times.length;
      await pause(1000);
    }
  }
}

/**
 * Of the first to the last third, in percent. The least of each: what a collection leaves varies by some MB,
 * with what happens to be under way.
 */
function growth(heaps: readonly number[]): number {
  const third = Math.max(1, Math.floor(heaps.length / 3));
  const before = Math.min(...heaps.slice(0, third));
  const after = Math.min(...heaps.slice(-third));
  return Math.round(((after - before) / before) * 1000) / 10;
}

/** The most of these times (ms, ascending) within any window of this length. */
function mostWithin(times: readonly number[], ms: number): number {
  let most = 0;
  let first = 0;
  times.forEach((time, last) => {
    while (time - (times[first] ?? time) >= ms) first++;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
