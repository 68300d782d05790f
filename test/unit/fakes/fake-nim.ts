import type { WxSocketHost, WxSocketTask } from '@/connection/wx-socket-gate';
import { Listeners } from '@/platform';
import type {
  ImServices,
  KickedDetail,
  LoginAttempt,
  NimDependencies,
  NimEvents,
  NimPort,
  SdkError,
} from '@/sdk';
import type { FakeClock } from './fake-clock';

/** The fake server's reaction to an attempt. */
export type AttemptOutcome =
  | 'ok'
  | 'refuseSocket'
  | 'silent'
  /** The server accepts, then the SDK fails by itself (its storage throws) and leaves its socket open. */
  | 'openAndFailed'
  /** The same, and the SDK has lost its reference to the socket. */
  | 'openAndForgotten'
  | { code: number };

/** The end of a main sync. */
export type SyncEnd = 'ok' | 'never' | { code: number };

/** The server, shared by every instance of a test. */
export class FakeServer {
  url = 'wss://link.example/socket';
  replyMs = 20;
  syncMs = 20;
  /** Ends of the next syncs: success, an error, or never. An empty list means success. */
  syncs: SyncEnd[] = [];
  /** Outcomes of the next attempts; `otherwise` when the list is empty. */
  script: AttemptOutcome[] = [];
  otherwise: AttemptOutcome = 'ok';
  readonly attempts: LoginAttempt[] = [];
  alive = true;
  /** The answer of a living server to a probe; 200 by default. */
  probeCode = 200;
  /** The SDK's `logout` and `destroy` never settle. */
  logoutHangs = false;

  next(attempt: LoginAttempt): AttemptOutcome {
    this.attempts.push(attempt);
    return this.script.shift() ?? this.otherwise;
  }
}

const TERMINAL = [302, 403, 404, 417, 422, 101301, 101303, 101403, 102404, 102422];

/**
 * A NimPort with the measured habits of SDK 10.8.1: closes sockets without waiting, hangs in a first login
 * whose socket is refused, enters `waiting` after every lost link, and reports statuses in the SDK's order.
 */
export class FakeNim implements NimPort {
  readonly services = {} as ImServices;
  private readonly events = new Map<string, Listeners<unknown[]>>();
  private connect = 0;
  private login_ = 0;
  private socket: WxSocketTask | undefined;
  private attempt: LoginAttempt | undefined;
  private everIn = false;
  private rejectLogin: ((error: SdkError) => void) | undefined;
  private epoch = 0;
  /** Measured: a refused reconnect leaves a step that the next success of `login`, or a logout, ends. */
  private oldSteps = 0;
  destroyed = false;

  constructor(
    readonly deps: NimDependencies,
    private readonly host: WxSocketHost,
    private readonly server: FakeServer,
    private readonly clock: FakeClock,
  ) {}

  on<K extends keyof NimEvents>(event: K, handler: (...args: NimEvents[K]) => void): () => void {
    let listeners = this.events.get(event);
    if (!listeners) this.events.set(event, (listeners = new Listeners<unknown[]>()));
    return listeners.add(handler as unknown as (...args: unknown[]) => void);
  }

  listen(): () => void {
    return () => undefined;
  }

  connectStatus(): number {
    return this.connect;
  }
  loginStatus(): number {
    return this.login_;
  }

  login(attempt: LoginAttempt): Promise<void> {
    if (this.destroyed) return Promise.reject({ code: 190002 });
    this.attempt = attempt;
    return new Promise((resolve, reject) => {
      this.rejectLogin = reject;
      this.run(() => {
        resolve();
        this.endOldSteps();
      }, reject);
    });
  }

  renew(attempt: LoginAttempt): void {
    this.attempt = attempt;
  }

  async logout(): Promise<void> {
    if (this.server.logoutHangs) await new Promise(() => undefined);
    const wasIn = this.login_ === 1;
    if (wasIn && this.server.alive)
      await new Promise<void>((r) => this.clock.setTimeout(r, this.server.replyMs));
    this.rejectLogin?.({ code: 191002 });
    this.oldSteps = 0;
    // Measured: an SDK that is already logged out does not touch its socket.
    if (this.login_ === 0) return;
    this.drop();
    this.set(0, 0);
  }

  reconnect(): void {
    if (this.destroyed || this.connect !== 3) return;
    this.run(
      () => undefined,
      (error) => {
        if (!TERMINAL.includes(error.code)) this.set(3, 3);
      },
    );
  }

  dropLink(): void {
    if (this.destroyed || this.connect === 0) return;
    this.broken();
  }

  async probe(): Promise<void> {
    const { alive, replyMs, probeCode } = this.server;
    const after = (ms: number) => new Promise<void>((r) => this.clock.setTimeout(r, ms));
    if (!alive) {
      await after(8000);
      throw { code: 192004 };
    }
    await after(replyMs);
    if (probeCode !== 200) throw { code: probeCode };
  }

  closeSocket(): void {
    this.forget()?.close();
  }

  /** A command of any service gets no answer within 8 s. */
  async unanswered(): Promise<void> {
    await new Promise<void>((r) => this.clock.setTimeout(r, 8000));
    this.emit('unanswered');
  }

  async destroy(): Promise<void> {
    if (this.destroyed) return;
    this.destroyed = true;
    await this.logout();
  }

  /** The server ends the link. */
  cut(): void {
    if (this.socket && this.connect !== 0) this.broken();
  }

  kick(detail: Partial<KickedDetail> = {}): void {
    if (this.login_ !== 1) return;
    this.drop();
    this.set(0, 0);
    this.emit('linkError', { code: 192003 });
    this.emit('kicked', {
      reason: 1,
      reasonDesc: '',
      clientType: 16,
      customClientType: 0,
      ...detail,
    });
  }

  private run(resolve: () => void, reject: (error: SdkError) => void): void {
    const epoch = ++this.epoch;
    const { attempt } = this;
    if (!attempt) throw new Error('login before reconnect');
    this.set(2, 2);
    const outcome = this.server.next(attempt);
    const socket = this.deps.openSocket(() => this.host.connectSocket({ url: this.server.url }));
    if (!socket) throw new Error('the gate always returns a task');
    this.socket = socket;
    const mine = () => epoch === this.epoch && this.socket === socket;
    if (outcome === 'refuseSocket') {
      this.clock.setTimeout(() => socket.close(), 5);
    }
    socket.onClose(() => {
      if (!mine()) return;
      const logged = this.everIn;
      if (logged && outcome === 'refuseSocket') this.oldSteps++;
      this.broken();
      // Measured: on the first login the promise stays pending; on a reconnect the next step follows.
      if (logged && this.connect !== 3) reject({ code: 192001 });
    });
    socket.onOpen(() => {
      if (!mine() || outcome === 'refuseSocket') return;
      this.set(2, 1);
      if (outcome === 'silent') {
        // The SDK's own packet time-out.
        this.clock.setTimeout(() => mine() && this.refused({ code: 192004 }, reject), 8000);
        return;
      }
      this.clock.setTimeout(() => {
        if (!mine()) return;
        if (outcome === 'ok') this.accepted(resolve);
        else if (outcome === 'openAndFailed' || outcome === 'openAndForgotten') {
          if (outcome === 'openAndForgotten') this.forget();
          if (!this.everIn) this.set(0, 0);
          reject({ code: 190001 });
        } else this.refused(outcome, reject);
      }, this.server.replyMs);
    });
  }

  private accepted(resolve: () => void): void {
    this.everIn = true;
    const { epoch } = this;
    this.set(1, 1);
    resolve();
    const end = this.server.syncs.shift() ?? 'ok';
    if (end === 'never') return;
    this.clock.setTimeout(() => {
      if (epoch !== this.epoch || this.login_ !== 1) return;
      this.emit('synced', end === 'ok' ? undefined : end);
    }, this.server.syncMs);
  }

  /** Measured: an old step that ends after a login closes the newest socket, and the SDK logs out. */
  private endOldSteps(): void {
    if (this.oldSteps === 0) return;
    this.oldSteps = 0;
    this.drop();
    this.set(0, 0);
    this.emit('linkError', { code: 191002 });
  }

  private refused({ code }: { code: number }, reject: (error: SdkError) => void): void {
    this.drop();
    this.set(TERMINAL.includes(code) ? 0 : 3, 0);
    this.emit('loginFailed', { code });
    reject({ code });
  }

  private broken(): void {
    this.drop();
    this.set(3, 0);
    this.emit('linkError', { code: 192003 });
    if (this.everIn) this.set(3, 3);
  }

  /** Closes without waiting and drops the reference, as the SDK does. */
  private drop(): void {
    this.forget()?.close();
  }

  private forget(): WxSocketTask | undefined {
    const { socket } = this;
    this.socket = undefined;
    this.epoch++;
    return socket;
  }

  private set(login: number, connect: number): void {
    if (login !== this.login_) {
      this.login_ = login;
      this.emit('loginStatus', login);
    }
    if (connect !== this.connect) {
      this.connect = connect;
      this.emit('connectStatus', connect);
    }
  }

  private emit<K extends keyof NimEvents>(event: K, ...args: NimEvents[K]): void {
    this.events.get(event)?.emit(...args);
  }
}
