import { type ImConnection, isFinal, reasonOf, type StateChange } from '@/connection';
import type { Core } from '@/connection/boot';
import { hostOfUrl } from '@/connection/socket-gate';
import { hostName } from '@/env';
import { Listeners } from '@/platform';
import { type LegacyCallbacks, legacyKick } from '@/sdk/legacy-callbacks';
import { legacyError, type LegacyIm, type LegacyLine } from '@/sdk/legacy-im';
import { legacyMessage } from '@/sdk/legacy-message';
import { SharedNim, type SharedNimClass } from '@/sdk/shared-nim';
import { Code } from '@/sdk/codes';
import type { KitInstance, MeetingKit } from './meeting-kit';
import { MeetingKitError } from './meeting-kit-error';

export type ImShareDependencies = Pick<Core, 'env' | 'manager' | 'gate' | 'journal'>;

interface Shared {
  kit: KitInstance;
  im: LegacyIm;
  line: LegacyLine;
}

/**
 * Shares each IM login of the application with a kit: a new instance of the kit wraps a new class with its
 * `reuseIM`, the IM object is created through the wrapped class, and events of the login are forwarded in the
 * older SDK's form. The class is a facade of this project, so a kit that is installed after the start of the
 * login still finds `reuseIM` before its IM object. The kit never holds anything that could end the login.
 */
export class ImShare {
  private readonly stops: (() => void)[];
  private readonly changes = new Listeners<[]>();
  private readonly hosts = new Set<string>();
  private next: { kit: KitInstance; nim: SharedNim; wrapped: SharedNimClass } | undefined;
  private shared: Shared | undefined;
  private failure: MeetingKitError | undefined;

  constructor(
    private readonly deps: ImShareDependencies,
    private readonly kit: MeetingKit,
    /** The application's own callbacks in the older SDK's form. */
    private readonly callbacks: LegacyCallbacks = {},
  ) {
    const { manager, gate } = deps;
    this.stops = [
      manager.on('connection', (connection) => this.onConnection(connection)),
      gate.addOwnerRule((url) => (this.isOfKit(url) ? `kit:${kit.name}` : undefined), {
        fallback: true,
      }),
    ];
    this.wrap();
    if (manager.connection) this.open(manager.connection);
  }

  /**
   * The kit of the current IM login, and the IM object for its `initialize`.
   * @throws MeetingKitError that names the step that is missing or has failed
   */
  get current(): { readonly kit: KitInstance; readonly im: LegacyIm } {
    if (this.failure) throw this.failure;
    if (!this.shared)
      throw new MeetingKitError(Code.kitOrder, 'getInstance', 'IM has no instance yet');
    return this.shared;
  }

  /** Calls the handler when another login, or none, is shared. */
  onChange(handler: () => void): () => void {
    return this.changes.add(handler);
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.shared?.line.end();
    this.changes.clear();
  }

  private onConnection(connection: ImConnection | null): void {
    this.shared?.line.end();
    this.shared = undefined;
    this.hosts.clear();
    if (!connection || !this.next) this.wrap();
    if (connection) this.open(connection);
    this.changes.emit();
  }

  private wrap(): void {
    const nim = new SharedNim((text) => this.record(text));
    this.failure = undefined;
    try {
      const kit = this.kit.create();
      this.next = { kit, nim, wrapped: kit.reuseIM?.(nim.NIM) ?? nim.NIM };
    } catch (error) {
      this.next = undefined;
      this.fail(MeetingKitError.at('reuseIM', error));
    }
  }

  private open(connection: ImConnection): void {
    const { next } = this;
    this.next = undefined;
    if (!next) return;
    try {
      const { line, im } = next.nim.open(next.wrapped, {
        get services() {
          return connection.services;
        },
        appkey: this.deps.env.appkey,
        accountId: connection.accountId,
        token: () => connection.loginToken,
        isOnline: () => connection.state.name === 'online',
        callbacks: this.callbacks,
        note: (text) => this.record(text),
        onAddresses: (addresses) => {
          for (const address of addresses) this.hosts.add(hostName(address));
        },
      });
      this.shared = { kit: next.kit, im, line };
      forwardEvents(connection, line);
    } catch (error) {
      this.fail(MeetingKitError.at('getInstance', error));
    }
  }

  private fail(failure: MeetingKitError): void {
    this.failure = failure;
    this.record(failure.message);
  }

  private isOfKit(url: string): boolean {
    const host = hostOfUrl(url);
    return this.hosts.has(host) || (this.kit.socketHosts ?? []).includes(host);
  }

  private record(text: string): void {
    this.deps.journal.record('kit', `${this.kit.name} ${text}`);
  }
}

/** Forwards events of the login in the older SDK's form until the connection ends. */
function forwardEvents(connection: ImConnection, line: LegacyLine): void {
  connection.on('state', ({ to }) => tellState(to, line));
  connection.listen('login', 'onConnectFailed', (error) =>
    line.tell('onerror', () => legacyError(error)),
  );
  connection.listen('login', 'onLoginFailed', (error) =>
    line.tell('onerror', () => legacyError(error)),
  );
  connection.listen('message', 'onReceiveMessages', (messages) =>
    line.tell('onmsgs', () => messages.map(legacyMessage)),
  );
  connection.listen('passthrough', 'onProxyNotify', ({ fromAccountId, body, time }) =>
    line.tell('onProxyMsg', () => ({ from: fromAccountId, body, time })),
  );
}

function tellState(state: StateChange['to'], line: LegacyLine): void {
  if (state.name === 'waiting') {
    const { delayMs: duration, attempt: retryCount } = state;
    line.tell('onwillreconnect', () => ({ duration, retryCount }));
  } else if (state.name === 'kicked') {
    line.tell('ondisconnect', () => legacyKick(state.detail));
  } else if (isFinal(state)) {
    // A sign-out of the application; the older SDK's codes are numbers or 'kicked'.
    const code = 'code' in state ? state.code : Code.cancelled;
    line.tell('ondisconnect', () => ({ code, message: reasonOf(code).cause }));
  }
}
