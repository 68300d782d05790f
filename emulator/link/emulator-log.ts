/** One login attempt, as the server judged it. */
export interface LoginAttempt {
  time: number;
  accountId: string;
  appkey: string;
  authType: number;
  /** 1 manual, 0 automatic (reconnect). */
  appLogin: number;
  deviceId: string;
  /** Public code: 200 or the refusal. */
  code: number;
}

/** One attempt to enter a chatroom, as the server judged it. */
export interface EnterAttempt extends LoginAttempt {
  roomId: string;
  /** As the client said; empty when it left it to the server. */
  nick: string;
  avatar: string;
  hasToken: boolean;
  loginExtension: string;
}

/** How many attempts of a kind are remembered. */
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

/** What the emulator remembers about its own work, for tests and the control API. */
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

  /** Commands that were answered with an empty 200 because nobody implements them. */
  get unimplemented(): readonly string[] {
    return [...this.unimplementedCommands];
  }

  /** Notes such a command; the first time it is also printed. */
  noteUnimplemented(command: string): void {
    if (this.unimplementedCommands.has(command)) return;
    this.unimplementedCommands.add(command);
    this.print(`unimplemented ${command}`);
  }

  noteRequest(command: string): void {
    this.counters.requests += 1;
    this.commandCounts.set(command, this.requestsOf(command) + 1);
  }

  /** How often a command has arrived. */
  requestsOf(command: string): number {
    return this.commandCounts.get(command) ?? 0;
  }

  noteLogin(attempt: LoginAttempt): void {
    this.logins.push(attempt);
    if (this.logins.length > ATTEMPTS_KEPT) this.logins.shift();
  }

  noteEnter(attempt: EnterAttempt): void {
    this.enters.push(attempt);
    if (this.enters.length > ATTEMPTS_KEPT) this.enters.shift();
  }

  /** A handler failed: a defect of the emulator, never of the client alone. */
  noteDefect(command: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.print(`defect in ${command}: ${text}`);
  }

  /** Forgets everything. */
  reset(): void {
    this.logins.length = 0;
    this.enters.length = 0;
    this.unimplementedCommands.clear();
    this.commandCounts.clear();
    for (const name of Object.keys(this.counters) as (keyof Counters)[]) this.counters[name] = 0;
  }
}
