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
 * Interval at which the flood receives the clock of this process. The clock stops while this thread waits for
 * a processor, so the phone gets 1,000 messages for each second of its own running time on a busy machine too.
 */
const PACE_EVERY_MS = 20;
const OWN_EVERY_MS = 3000;
/** Time after which memory must not grow, s. */
const SETTLED_S = 10;
const HEAP_EVERY_MS = 5000;
/**
 * Time after the first row of a reopened socket in which new rows belong to the lost link: the room fetches
 * missed messages, or restarts from its newest page (MessageStream). The first row may come late, because the
 * pages come from an emulator that waits for a processor too. The SDK closes a socket when this process gets so
 * little of the processor that a heartbeat waits for 8 s.
 */
const AFTER_CUT_MS = 3000;
/** Interval of measurements. Each renders the whole page here, 200 ms of the logic; a phone has a view thread. */
const MEASURE_EVERY_MS = 1000;

/** Measurements of the room's page in a flood. */
export interface FloodFigures {
  sent: number;
  shown: number;
  skipped: number;
  maxSetDataPerSecond: number;
  maxSetDataBytes: number;
  /** 95th percentile, see {@link percentile95}. */
  ownLatencyMs95: number;
  heapGrowthAfter10sPercent: number;
  /** Messages neither shown nor counted as skipped, except around a lost link. */
  lost: number;
  /** Description of the places where messages are missing; empty when none are. */
  holes: string;
}

/**
 * Sends 1,000 messages a second for a minute into the room page of the built package, while 200 members enter
 * and leave and the user sends a message every three seconds.
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
      return await new FloodMeter(phone, emulator, seconds).run();
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
      note: 'an own message, from the tap to its setData',
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

class FloodMeter {
  /** Ids of the flood's rows; true when the row came around a lost link. */
  private readonly shown = new Map<string, boolean>();
  private readonly skips = new Map<string, number>();
  private readonly times: number[] = [];
  private maxBytes = 0;
  private waiting: { text: string; since: number; cuts: number } | undefined;
  private readonly latencies: number[] = [];
  /** Values between two lost links. */
  private heaps: number[][] = [[]];
  private heapCuts = 0;
  private heapsFrom = SETTLED_S * 1000;
  /** The setData that is being read came around a lost link. */
  private aroundCut = false;
  private knownCuts = 0;
  private cutEnds = 0;
  private floodId = '';
  private ownTexts = 0;

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

    this.cacheMeasurements();
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
    const measuring = setInterval(() => this.measureHeap(since), HEAP_EVERY_MS);
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
      heapGrowthAfter10sPercent: growth(longest(this.heaps)),
      lost: holes.lost,
      holes: holes.text,
    };
  }

  /** Records the heap. A lost link empties the room's memory of 1,000 messages and begins another comparison. */
  private measureHeap(since: number): void {
    const elapsed = unloadedNow() - since;
    if (this.heapCuts !== this.cuts()) {
      this.heapCuts = this.cuts();
      this.heaps.push([]);
      this.heapsFrom = elapsed + SETTLED_S * 1000;
    }
    if (elapsed >= this.heapsFrom) this.heaps.at(-1)?.push(heapUsed());
  }

  /** Answers the page's measurements from a layout that is at most MEASURE_EVERY_MS old. */
  private cacheMeasurements(): void {
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
    this.aroundCut = this.isAroundCut();
    if (!this.aroundCut) this.maxBytes = Math.max(this.maxBytes, bytes);
    for (const value of Object.values(JSON.parse(json) as Record<string, unknown>))
      this.look(value);
    if (this.waiting && json.includes(this.waiting.text)) {
      if (this.cuts() === this.waiting.cuts)
        this.latencies.push(unloadedNow() - this.waiting.since);
      this.waiting = undefined;
    }
  }

  /** Reads the flood's rows in a setData, and the number of skipped messages that each row shows. */
  private look(value: unknown): void {
    if (Array.isArray(value)) return value.forEach((each) => this.look(each));
    if (typeof value !== 'object' || value === null) return;
    const node = value as { cl?: string; cn?: unknown };
    const text = node.cl?.startsWith('msg ') || node.cl === 'msg' ? JSON.stringify(node) : '';
    if (!text) return this.look(node.cn);
    const id = new RegExp(`"uid":"[a-z]+-(${this.floodId}-\\d+)"`).exec(text)?.[1];
    const skipped = /略过了 (\d+) 条消息/.exec(text)?.[1];
    if (id && !this.shown.has(id)) {
      this.shown.set(id, this.aroundCut);
      if (this.isReopened()) this.cutEnds = unloadedNow() + AFTER_CUT_MS;
    }
    if (skipped) this.skips.set(/"uid":"([^"]+)"/.exec(text)?.[1] ?? text, Number(skipped));
  }

  /**
   * Finds rows before which more messages are missing than the row counts as skipped. Holes around a lost link
   * are named and not counted.
   */
  private holes(sent: number): { lost: number; text: string } {
    const numberOf = (id: string) => Number(/\d+$/.exec(id)?.[0]);
    const skips = new Map([...this.skips].map(([id, count]) => [numberOf(id), count]));
    const shown = [...this.shown].map(([id, cut]) => ({ number: numberOf(id), cut }));
    let before = -1;
    let lost = 0;
    const notes: string[] = [];
    for (const { number, cut } of shown.sort((a, b) => a.number - b.number)) {
      const missing = number - before - 1 - (skips.get(number) ?? 0);
      if (missing !== 0)
        notes.push(`${missing} missing before ${number}${cut ? ' (lost link)' : ''}`);
      if (!cut) lost += Math.abs(missing);
      before = number;
    }
    if (before !== sent - 1) {
      notes.push(`${sent - 1 - before} missing at the end`);
      lost += sent - 1 - before;
    }
    if (this.cuts() > 0) notes.push(`${this.cuts()} sockets closed`);
    return { lost, text: notes.map((each) => `, ${each}`).join('') };
  }

  private cuts(): number {
    return this.phone.wx.sockets.log.filter(({ event }) => event === 'closed').length;
  }

  /** Whether the time is between the close of a socket and `AFTER_CUT_MS` after the first row of the next. */
  private isAroundCut(): boolean {
    if (this.cuts() !== this.knownCuts) {
      this.knownCuts = this.cuts();
      this.cutEnds = Number.POSITIVE_INFINITY;
    }
    return this.knownCuts > 0 && unloadedNow() < this.cutEnds;
  }

  /** Whether a socket was opened after a lost link, and no row has come since. */
  private isReopened(): boolean {
    if (this.cutEnds !== Number.POSITIVE_INFINITY) return false;
    const { log } = this.phone.wx.sockets;
    return (
      log.filter(({ event }) => event === 'closed' || event === 'open').at(-1)?.event === 'open'
    );
  }

  private sendOwn(): void {
    const { page } = this.phone.host;
    const text = `own text ${++this.ownTexts}.`;
    page.find({ tag: 'textarea' }).input(text);
    // The text is typed first; the send button appears when the page renders.
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
 * Returns the growth from the first to the last third, in percent, or NaN for fewer than three values, which no
 * budget allows. The least of each third counts, because the heap after a collection varies by some MB with the
 * work that is under way.
 */
function growth(heaps: readonly number[]): number {
  if (heaps.length < 3) return Number.NaN;
  const third = Math.floor(heaps.length / 3);
  const before = Math.min(...heaps.slice(0, third));
  const after = Math.min(...heaps.slice(-third));
  return Math.round(((after - before) / before) * 1000) / 10;
}

/**
 * Returns the largest value without the slowest twentieth. Beside other processes this thread may wait for
 * threads of the collector that wait for a processor, which no clock of this thread shows.
 */
function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

function longest(series: readonly number[][]): readonly number[] {
  return series.reduce((most, each) => (each.length > most.length ? each : most), []);
}

/** Returns the largest number of times (ms, ascending) in any window of the given length. */
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
