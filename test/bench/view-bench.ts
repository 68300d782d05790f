import { type Emulator, startEmulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import { BareSdk } from '../harness';
import type { SetDataCall, SetDataSnapshot } from '../host';
import { launchPhone, type Phone } from '../weapp/phone';
import { atMost, type Figure, ratio } from './figures';
import { LogicCpu } from './logic-cpu';

/** The cost of one event: the data sent to the view, and the processor time of the logic. */
interface Cost {
  calls: number;
  bytes: number;
  cpuMs: number;
}

/** Measurements in a conversation of a given length. */
interface Measured {
  open: Cost;
  /** Bytes of the setData with the first rows, and the number of rows. */
  firstRows: { bytes: number; rows: number };
  nodes: number;
  messageIn: Cost;
  messageOut: Cost;
  olderPage: { bytes: number; rows: number; cpuMs: number };
  receipts: Cost & { marks: number };
  recall: Cost;
  failed: Cost;
  refused: Cost;
  burst: Cost;
  /** Time from the first message of the burst to its last setData, at least the second of an idle machine. */
  burstSeconds: number;
  /** Cost of a received message when the whole history has been read and is in memory. */
  deep: Cost;
  hidden: number;
  /** Of notices that the other side is typing: setData calls on the open page, and on a hidden page. */
  typing: { shown: number; hidden: number };
}

const SHORT = 100;
const LONG = 10_000;
const TEXT = 'exactly twenty chars';
const BURST = 200;
/** Codes of a failed link, which needs no words, and of a refusal. */
const NO_ANSWER = 192004;
const RATE_LIMIT = 107323;
const ROWS_IN_WINDOW = 200;
const TYPING_NOTICES = 20;
/** Timeout; view and logic share a thread here, and the machine may have other work. */
const SLOW_MS = 30_000;

/**
 * Measures the data that each event sends to the view of the built package, with 100 and with 10,000 messages
 * of history.
 */
export async function benchView(): Promise<Figure[]> {
  const { directory } = await build({ target: 'weapp' });
  const short = await measureWith(directory, SHORT);
  const long = await measureWith(directory, LONG);
  const { messageIn, olderPage, firstRows, open, burst } = long;
  const perRow = ({ bytes, rows }: { bytes: number; rows: number }) => bytes / rows;
  const both = (what: (measured: Measured) => string) =>
    `${SHORT}: ${what(short)}; ${LONG}: ${what(long)}`;
  const cost = ({ calls, bytes }: Cost) => `${calls} calls, ${bytes} B`;
  return [
    atMost('messageIn.calls', messageIn.calls, 1),
    atMost('messageIn.bytes', messageIn.bytes, 800, {
      unit: 'B',
      note: 'naive Taro row 501, vendor kit 985,828',
    }),
    atMost('messageIn.deepBytes', long.deep.bytes, 800, {
      unit: 'B',
      note: `${long.deep.calls} calls; all ${LONG} messages read and in memory`,
    }),
    atMost('messageIn.growth', ratio(messageIn.bytes, short.messageIn.bytes), 1.1),
    atMost('messageOut.bytes', long.messageOut.bytes, 1000, {
      unit: 'B',
      note: both(({ messageOut }) => `${cost(messageOut)} with the acknowledgement`),
    }),
    atMost('olderPage.ratio', ratio(perRow(olderPage), perRow(firstRows)), 1.3, {
      note: `${olderPage.rows} older rows ${olderPage.bytes} B; ${firstRows.rows} first rows ${firstRows.bytes} B`,
    }),
    atMost('nodes.growth', ratio(long.nodes, short.nodes), 1.2, {
      note: both(({ nodes }) => `${nodes} nodes`),
    }),
    atMost('open.growth', ratio(open.bytes, short.open.bytes), 1.1, {
      note: both((measured) => cost(measured.open)),
    }),
    atMost('receipts.calls', long.receipts.calls, 1, {
      note: both(({ receipts }) => `${cost(receipts)} for ${receipts.marks} read marks`),
    }),
    atMost('receipts.bytes', Math.round(long.receipts.bytes / long.receipts.marks), 180, {
      unit: 'B',
      note: 'a read mark',
    }),
    atMost('recall.bytes', long.recall.bytes, 600, { unit: 'B' }),
    atMost('failed.bytes', long.failed.bytes, 400, {
      unit: 'B',
      note: 'one row from sending to failed',
    }),
    atMost('refused.bytes', long.refused.bytes, 450, {
      unit: 'B',
      note: 'the same, with the reason of the server under the bubble',
    }),
    atMost('burst.calls', Math.ceil(burst.calls / long.burstSeconds), 12, {
      note: `a second; ${burst.calls} in ${long.burstSeconds.toFixed(1)} s; naive Taro 190, vendor kit 1,400`,
    }),
    atMost('burst.bytes', burst.bytes, 120_000, {
      unit: 'B',
      note: 'naive Taro 101 KB, vendor kit 221 MB',
    }),
    atMost('hidden.calls', long.hidden, 0, {
      note: `100 messages behind another page; logic in ms, ${both(cpuList)}`,
    }),
    atMost('typing.calls', long.typing.shown / TYPING_NOTICES, 1, {
      note: 'for each notice in the open chat',
    }),
    atMost('typing.hiddenCalls', long.typing.hidden, 0, {
      note: `${TYPING_NOTICES} notices behind another page`,
    }),
  ];
}

/** Exactly twenty characters. */
function textOf(i: number): string {
  return `${TEXT.slice(0, 14)}${String(i).padStart(6, '0')}`;
}

async function measureWith(dist: string, history: number): Promise<Measured> {
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  const { world } = emulator;
  for (const accountId of ['anna', 'ben'])
    world.addAccount({ accountId, name: accountId, token: `token-${accountId}` });
  const start = Date.now() - (history + 60) * 60_000;
  for (let i = 0; i < history; i++) {
    const [from, to] = i % 2 ? ['anna', 'ben'] : ['ben', 'anna'];
    world.sendMessage({ from, to, text: textOf(i), createTime: start + i * 60_000 });
  }
  const ben = new BareSdk(emulator);
  await ben.login('ben', 'token-ben');
  const phone = await launchPhone(dist, emulator);
  const cpu = new LogicCpu(dist);
  try {
    return await new Measuring(emulator, phone, ben, history, cpu).run();
  } finally {
    cpu.dispose();
    phone.host.close();
    await ben.dispose();
    await emulator.close();
  }
}

class Measuring {
  constructor(
    private readonly emulator: Emulator,
    private readonly phone: Phone,
    private readonly ben: BareSdk,
    private readonly history: number,
    private readonly cpu: LogicCpu,
  ) {}

  async run(): Promise<Measured> {
    const { phone } = this;
    const { host } = phone;
    host.setData.keepJson = true;
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await host.waitForNode({ className: 'conv-name', text: 'ben' });
    await host.waitFor(() => !host.page.has({ className: 'banner' }), {
      what: 'the sync',
      timeoutMs: SLOW_MS,
    });

    const newest = textOf(this.history - 1);
    const open = await this.cost(async () => {
      await phone.openChat('ben');
      await phone.bubble(newest);
    });
    const nodes = countNodes(host.page.tree());
    const firstRows = rowsIn(open.log);

    await this.receive('before the count');
    const typingShown = (await this.cost(() => this.typing())).calls;
    const messageIn = await this.cost(() => this.receive(TEXT));
    const messageOut = await this.cost(async () => {
      await phone.send(TEXT.toUpperCase());
      await host.waitFor(() => this.arrived(TEXT.toUpperCase()), {
        what: 'the text at ben',
        timeoutMs: SLOW_MS,
      });
      await this.acknowledged();
    });
    const recall = await this.recall();
    const failed = await this.fail('cannot be sent', NO_ANSWER);
    const refused = await this.fail('too fast', RATE_LIMIT);
    const burst = await this.cost(() => this.burst('burst'));
    const burstSeconds = Math.max(1, (burst.log[burst.log.length - 1]?.atMs ?? 0) / 1000);
    const olderPage = await this.olderPage();
    await this.toTheEnd();
    const receipts = await this.fiftyReadMarks();
    await this.readAll();
    const deep = await this.cost(() => this.receive(TEXT.toLowerCase().replace('ex', 'EX')));
    const hidden = await this.behindAnotherPage();
    host.setData.reset();
    await this.typing();
    await this.quiet();
    const typingHidden = host.setData.snapshot().hiddenCalls;
    return {
      open,
      firstRows,
      nodes,
      messageIn,
      messageOut,
      olderPage,
      receipts,
      recall,
      failed,
      refused,
      burst,
      burstSeconds,
      deep,
      hidden,
      typing: { shown: typingShown, hidden: typingHidden },
    };
  }

  /** Measures the data sent to the visible page until no more data is sent. */
  private async cost(act: () => Promise<void>): Promise<SetDataSnapshot & Cost> {
    const { setData } = this.phone.host;
    setData.reset();
    this.cpu.start();
    await act();
    await this.quiet();
    return { ...setData.snapshot(), cpuMs: this.cpu.stop() };
  }

  /** Resolves after two batches of the stores without a setData. */
  private async quiet(phone = this.phone): Promise<void> {
    const { setData } = phone.host;
    for (let calls = -1, same = 0; same < 5;) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      const now = setData.snapshot().log.length;
      same = now === calls ? same + 1 : 0;
      calls = now;
    }
  }

  private async receive(text: string): Promise<void> {
    await this.ben.send('anna', text);
    await this.phone.bubble(text);
  }

  /** Beginnings and ends of the other side's typing. */
  private async typing(): Promise<void> {
    const { V2NIMNotificationService: notifications } = this.ben.nim;
    for (let i = 0; i < TYPING_NOTICES; i++)
      await notifications.sendCustomNotification('ben|1|anna', `{"typing":${(i + 1) % 2}}`, {
        notificationConfig: { offlineEnabled: false, unreadEnabled: false },
      });
    const { ui } = this.phone.wx;
    await this.phone.host.waitFor(() => !ui.navigationBarTitle.includes('正在输入'), {
      what: 'the end of the typing',
    });
  }

  private async acknowledged(): Promise<void> {
    const { host } = this.phone;
    await host.waitFor(() => !host.page.has({ ariaLabel: '发送中' }), {
      what: 'the acknowledgement',
      timeoutMs: SLOW_MS,
    });
  }

  private arrived(text: string): boolean {
    return this.ben.received.some((one) => one.text === text);
  }

  /** Measures the older page with which the window reaches 200 rows. */
  private async olderPage(): Promise<Measured['olderPage']> {
    const { host } = this.phone;
    let last: Measured['olderPage'];
    let rows = this.phone.bubbles().length;
    do {
      const before = rows;
      const { log, cpuMs } = await this.cost(async () => {
        this.scrollUp();
        await host.waitFor(() => this.phone.bubbles().length > before, {
          what: 'older rows',
          timeoutMs: SLOW_MS,
        });
      });
      last = { ...rowsIn(log), cpuMs };
      rows = this.phone.bubbles().length;
    } while (rows < ROWS_IN_WINDOW);
    return last;
  }

  private async fiftyReadMarks(): Promise<Cost & { marks: number }> {
    const { phone, ben } = this;
    for (let i = 0; i < 50; i++) {
      await phone.send(`to be read ${i}`);
      // The SDK gives a message up after 8 s, and fifty at once can take longer on a busy machine.
      if (i % 10 === 9) await this.acknowledged();
    }
    await phone.host.waitFor(() => this.arrived('to be read 49'), {
      what: 'all fifty at ben',
      timeoutMs: SLOW_MS,
    });
    await this.quiet();
    const last = ben.received.find(({ text }) => text === 'to be read 49');
    if (!last) throw new Error('unreachable');
    const marks = () => phone.host.page.findAll({ className: 'read' }).length;
    const before = marks();
    const cost = await this.cost(async () => {
      await ben.nim.V2NIMMessageService.sendP2PMessageReceipt(last);
      await phone.host.waitFor(() => marks() >= before + 50, {
        what: 'fifty read marks',
        timeoutMs: SLOW_MS,
      });
    });
    return { ...cost, marks: marks() - before };
  }

  private async recall(): Promise<Cost> {
    const { ben, phone } = this;
    const sent = await ben.send('anna', 'taken back');
    await phone.bubble('taken back');
    await this.quiet();
    return await this.cost(async () => {
      await ben.nim.V2NIMMessageService.revokeMessage(sent);
      await phone.host.waitFor(() => !phone.bubbles().includes('taken back'), {
        what: 'the notice',
      });
    });
  }

  /** Fails the next message with a code. */
  private async fail(text: string, code: number): Promise<Cost> {
    const { phone } = this;
    const { faults } = this.emulator;
    const before = phone.host.page.findAll({ className: 'failed' }).length;
    faults.add({ kind: 'command', command: '30_1', code, times: 1, delayMs: 400 } as never);
    await phone.send(text);
    await phone.bubble(text);
    return await this.cost(async () => {
      await phone.host.waitFor(
        () => phone.host.page.findAll({ className: 'failed' }).length > before,
        { what: 'the failure' },
      );
    });
  }

  private async burst(word: string, phone = this.phone, to = 'anna'): Promise<void> {
    const started = Date.now();
    for (let i = 0; i < BURST; i++) {
      const due = started + (i * 1000) / BURST;
      if (due > Date.now()) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
      this.emulator.world.sendMessage({
        from: 'ben',
        to,
        text: `${word} number ${100 + i}`,
      });
    }
    await phone.host.waitForNode(
      { className: 'bubble', text: `${word} number ${99 + BURST}` },
      { timeoutMs: SLOW_MS },
    );
  }

  /** Reads back to the first message; segments far from the screen are unloaded as on a phone. */
  private async readAll(phone = this.phone): Promise<void> {
    const { host, wx } = phone;
    const first = textOf(0);
    for (let oldest = ''; oldest !== first;) {
      const segments = host.page.findAll({ className: 'history-segment' });
      const loaded = segments.filter((segment) => segment.children().length > 0);
      for (const { id } of loaded.slice(0, -2)) wx.intersections.report(`#${id}`, false, 1900);
      this.scrollUp(phone);
      await host.waitFor(() => this.oldestShown(phone) !== oldest, {
        what: `rows before ${oldest}`,
        timeoutMs: SLOW_MS,
      });
      oldest = this.oldestShown(phone);
    }
    await this.toTheEnd(phone);
    if (phone === this.phone) await this.receive('at the end again');
  }

  private scrollUp(phone = this.phone): void {
    const list = phone.host.page.find({ id: 'messages' });
    list.scroll({ scrollTop: 5000, scrollHeight: 20_000 });
    list.scroll({ scrollTop: 0, scrollHeight: 20_000 });
  }

  private async toTheEnd(phone = this.phone): Promise<void> {
    (await phone.host.waitForNode({ className: 'pill' })).tap();
    await this.quiet(phone);
  }

  private oldestShown(phone = this.phone): string {
    const bubbles = phone.host.page.find({ className: 'history' }).findAll({ className: 'bubble' });
    return bubbles[bubbles.length - 1]?.text ?? '';
  }

  private async behindAnotherPage(): Promise<number> {
    const { host } = this.phone;
    host.back();
    await host.waitForPage('pages/conversations/index');
    host.tapTab('我');
    await host.waitForPage('pages/me/index');
    await this.quiet();
    host.setData.reset();
    for (let i = 0; i < 100; i++)
      this.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: `unseen ${i}` });
    await host.waitFor(() => Number.parseInt(host.tabBar[0]?.badge ?? '0', 10) >= 99, {
      what: 'the badge',
    });
    await this.quiet();
    return host.setData.snapshot().hiddenCalls;
  }
}

/** Names of the measurements whose time is printed. */
const TIMED = [
  'open',
  'messageIn',
  'messageOut',
  'olderPage',
  'receipts',
  'recall',
  'failed',
  'burst',
] as const;

function cpuList(measured: Measured): string {
  return TIMED.map((event) => `${event} ${measured[event].cpuMs.toFixed(1)}`).join(', ');
}

/** Returns the size of the setData with the most rows, and the number of its rows. */
function rowsIn(log: readonly SetDataCall[]): { bytes: number; rows: number } {
  const counted = log.map(({ json, bytes }) => ({
    bytes,
    rows: json.split('"bubble"').length - 1,
  }));
  return counted.reduce((most, one) => (one.rows > most.rows ? one : most), { bytes: 0, rows: 0 });
}

function countNodes(tree: string): number {
  return tree.split('\n').filter((line) => line.trimStart().startsWith('<')).length;
}
