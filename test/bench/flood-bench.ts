import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from '../../scripts/lib/build';
import type { SetDataCall } from '../host';
import { answerMeasurement } from '../host/measuring';
import { launchPhone, type Phone } from '../weapp/phone';
import { atMost, type Figure } from './figures';
import { FLOODED_ROOM, type FloodOrder, type FloodPace, type FloodReport } from './flood-emulator';
import { heapUsed } from './heap';
import { unloadedNow } from './stopwatch';

const PER_SECOND = 1000;
const MEMBERS = 200;
/**
 * The flood runs on the clock of this process, which stops while its thread waits for a processor: 1,000
 * messages for each second in which the phone could run, also beside other processes.
 */
const PACE_EVERY_MS = 20;
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
  /** All but the slowest twentieth. */
  ownLatencyMs95: number;
  heapGrowthAfter10sPercent: number;
  /** Messages neither shown nor named as passed over; one hole for each cut link is left out. */
  lost: number;
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
  return [
    atMost('flood.lost', flood.lost, 0, {
      note: `sent ${flood.sent}, shown ${flood.shown}, skipped ${flood.skipped}${flood.holes}`,
    }),
    atMost('flood.maxSetDataPerSecond', flood.maxSetDataPerSecond, 10),
    atMost('flood.maxSetDataBytes', flood.maxSetDataBytes, 20_000, { unit: 'B' }),
    atMost('flood.ownLatencyMs95', flood.ownLatencyMs95, 200, {
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
  private waiting: { text: string; since: number; cuts: number } | undefined;
  private readonly latencies: number[] = [];
  private floodId = '';
  private ownWords = 0;

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
    const since = unloadedNow();
    const pacing = setInterval(() => {
      const pace: FloodPace = { elapsedMs: unloadedNow() - since };
      emulator.send(pace);
    }, PACE_EVERY_MS);
    const own = setInterval(() => this.sendOwn(), OWN_EVERY_MS);
    await pause(SETTLED_S * 1000);
    const heaps: number[] = [];
    const measuring = setInterval(() => heaps.push(heapUsed()), HEAP_EVERY_MS);
    const { sent } = await done;
    clearInterval(pacing);
    clearInterval(own);
    clearInterval(measuring);
    await this.quiet();
    host.setData.onCall = undefined;
    const holes = this.holes(sent);
    return {
      sent,
      shown: this.shown.size,
      skipped: [...this.skips.values()].reduce((sum, one) => sum + one, 0),
      maxSetDataPerSecond: mostWithin(this.times, 1000),
      maxSetDataBytes: this.maxBytes,
      ownLatencyMs95: Math.round(percentile95(this.latencies)),
      heapGrowthAfter10sPercent: growth(heaps),
      lost: holes.lost,
      holes: holes.text,
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
      if (this.cuts() === this.waiting.cuts)
        this.latencies.push(unloadedNow() - this.waiting.since);
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

  /**
   * The messages between two that were shown must be those that the second says were passed over. A cut link
   * may leave one hole: with very much missed the room begins anew with its newest page (MessageStream). The
   * SDK cuts a link when this process gets so little of the processor that a heartbeat waits for 8 s.
   */
  private holes(sent: number): { lost: number; text: string } {
    const numberOf = (id: string) => Number(/\d+$/.exec(id)?.[0]);
    const skips = new Map([...this.skips].map(([id, count]) => [numberOf(id), count]));
    const shown = [...this.shown].map(numberOf).sort((a, b) => a - b);
    let before = -1;
    const holes: { missing: number; at: string }[] = [];
    for (const number of shown) {
      const missing = number - before - 1 - (skips.get(number) ?? 0);
      if (missing !== 0) holes.push({ missing, at: `before ${number}` });
      before = number;
    }
    if (before !== sent - 1) holes.push({ missing: sent - 1 - before, at: 'at the end' });
    const largest = holes.sort((a, b) => Math.abs(b.missing) - Math.abs(a.missing));
    return {
      lost: largest.slice(this.cuts()).reduce((sum, { missing }) => sum + Math.abs(missing), 0),
      text: [
        ...holes.map(({ missing, at }) => `${missing} missing ${at}`),
        ...(this.cuts() > 0 ? [`${this.cuts()} sockets closed`] : []),
      ]
        .map((each) => `, ${each}`)
        .join(''),
    };
  }

  private cuts(): number {
    return this.phone.wx.sockets.log.filter(({ event }) => event === 'closed').length;
  }

  private sendOwn(): void {
    const { page } = this.phone.host;
    const text = `own words ${++this.ownWords}.`;
    page.find({ tag: 'textarea' }).input(text);
    // The letters first, as a finger does it; the button comes with the page's own pace.
    const tap = () => {
      const button = page.maybe({ className: 'composer-send' });
      if (!button) return void setTimeout(tap, 100);
      this.waiting = { text, since: unloadedNow(), cuts: this.cuts() };
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

/**
 * The largest but the slowest twentieth: beside other processes the collector's threads may wait for a
 * processor while this thread waits for them, which no clock of the thread can tell.
 */
function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
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
