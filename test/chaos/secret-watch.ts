import type { Device } from './all-device';

type App = NonNullable<Device['app']>;

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const;
/** Tokens of the story, and texts of its messages. */
const SECRETS = [/token-(anna|ben|chen|dora)[\w-]*/, /\b(anna|ben|chen)-(phone|tablet) \d+/];

/** Searches what a story writes for tokens and texts: console, journal, addresses, and arguments of processes. */
export class SecretWatch {
  readonly found: string[] = [];
  private readonly stops: (() => void)[] = [];

  constructor() {
    for (const level of LEVELS) {
      const { [level]: original } = console;
      console[level] = (...args: unknown[]) => this.search('console', args.map(String).join(' '));
      this.stops.push(() => (console[level] = original));
    }
  }

  /** Searches the journal of an app and the addresses that the app has asked for. */
  look(name: string, { core, wx }: App): void {
    this.search(`journal of ${name}`, JSON.stringify(core.journal.entries()));
    this.search(`requests of ${name}`, wx.requests.map(({ url }) => url).join('\n'));
    this.search(`sockets of ${name}`, wx.sockets.connects.join('\n'));
    for (const error of wx.errors) this.search(`errors of ${name}`, String(error));
  }

  dispose(): void {
    this.search('process arguments', process.argv.join(' '));
    for (const stop of this.stops) stop();
  }

  private search(where: string, text: string): void {
    for (const secret of SECRETS) {
      const hit = secret.exec(text);
      if (hit) this.found.push(`${hit[0]} in ${where}`);
    }
  }
}
