/** A login attempt and its result. */
export interface LoginAttempt {
  time: number;
  accountId: string;
  appkey: string;
  authType: number;
  /** 1 manual, 0 automatic (reconnect). */
  appLogin: number;
  deviceId: string;
  /** Public code: 200 or the code of the refusal. */
  code: number;
}

/** An attempt to enter a chatroom and its result. */
export interface EnterAttempt extends LoginAttempt {
  roomId: string;
  /** Nick given by the client; empty when the server shall choose. */
  nick: string;
  avatar: string;
  hasToken: boolean;
  loginExtension: string;
}

/** Number of attempts of each kind that are kept. */
const ATTEMPTS_KEPT = 1000;

export interface Counters {
  lbsRequests: number;
  handshakes: number;
  upgrades: number;
  linksOpened: number;
  linksClosed: number;
  requests: number;
  replies: number;
  pushes: number;
  unreadable: number;
}

/** Records requests, attempts and counters, for tests and the control API. */
export class EmulatorLog {
  readonly logins: LoginAttempt[] = [];
  readonly enters: EnterAttempt[] = [];
  readonly counters: Counters = {
    lbsRequests: 0,
    handshakes: 0,
    upgrades: 0,
    linksOpened: 0,
    linksClosed: 0,
    requests: 0,
    replies: 0,
    pushes: 0,
    unreadable: 0,
  };
  private readonly unimplementedCommands = new Set<string>();
  private readonly commandCounts = new Map<string, number>();

  constructor(private readonly print: (line: string) => void) {}

  /** Commands that were refused with 501 because the emulator does not implement them. */
  get unimplemented(): readonly string[] {
    return [...this.unimplementedCommands];
  }

  /** Records a command without implementation; prints it the first time. */
  recordUnimplemented(command: string): void {
    if (this.unimplementedCommands.has(command)) return;
    this.unimplementedCommands.add(command);
    this.print(`unimplemented ${command}`);
  }

  recordRequest(command: string): void {
    this.counters.requests += 1;
    this.commandCounts.set(command, this.requestsOf(command) + 1);
  }

  /** Number of requests with this command. */
  requestsOf(command: string): number {
    return this.commandCounts.get(command) ?? 0;
  }

  recordLogin(attempt: LoginAttempt): void {
    this.logins.push(attempt);
    if (this.logins.length > ATTEMPTS_KEPT) this.logins.shift();
  }

  recordEnter(attempt: EnterAttempt): void {
    this.enters.push(attempt);
    if (this.enters.length > ATTEMPTS_KEPT) this.enters.shift();
  }

  /** Prints the error of a failed handler. Such a failure is a defect of the emulator, whatever the client sent. */
  printDefect(command: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.print(`defect in ${command}: ${text}`);
  }

  /** Clears all records and counters. */
  reset(): void {
    this.logins.length = 0;
    this.enters.length = 0;
    this.unimplementedCommands.clear();
    this.commandCounts.clear();
    for (const name of Object.keys(this.counters) as (keyof Counters)[]) this.counters[name] = 0;
  }
}
