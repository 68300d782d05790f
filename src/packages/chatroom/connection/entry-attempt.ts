import type { SocketGate, SocketOwner } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type { SdkError } from '@/sdk';
import { isDomainRefusal } from '@/sdk/domain-refusal';
import { Code } from '@/sdk/codes';
import { RoomStatus } from './constants';
import type { EnterRequest, EnterResult, RoomPort } from './room-port';

/**
 * Time limit of one attempt. The SDK's stages after handshake, `1::` and login end after 8 s each; this limit
 * covers the rest.
 */
const WATCH_MS = 26_000;
/**
 * After a broken link the SDK takes its next step within this time, or never (docs/yunxin-protocol.md,
 * section 6.4).
 */
const BROKEN_MS = 50;

/**
 * One call of the SDK's `enter` that always ends: without the limit `enter` hangs until its own time limit
 * when the socket is refused after the handshake.
 */
export class EntryAttempt {
  private fail: (error: SdkError) => void = () => undefined;
  private broken: TimerHandle | null = null;

  constructor(
    private readonly port: RoomPort,
    private readonly clock: Clock,
    private readonly gate: SocketGate,
    private readonly owner: SocketOwner,
    /** Allows another room to open its socket. */
    private readonly releaseMutex: () => void,
  ) {}

  /** @throws SdkError */
  async run(request: EnterRequest): Promise<EnterResult> {
    // The SDK opens its socket in a callback of its own: the gate recognises the owner by the address.
    const host = request.address.replace(/:443$/, '');
    const removeRule = this.gate.addOwnerRule((url) => {
      if (!url.replace(':443/', '/').includes(`://${host}/`)) return undefined;
      removeRule();
      this.releaseMutex();
      return this.owner;
    });
    const stopWatching = this.gate.on(({ kind, ticket, reason = '' }) => {
      if (kind === 'closed' && ticket.owner === this.owner && isDomainRefusal(reason))
        this.fail(notListed('socket', ticket.host));
    });
    const ended = new Promise<never>((_, reject) => (this.fail = reject));
    const watch = this.clock.setTimeout(
      () => this.fail({ code: Code.timeout, desc: `no answer from ${request.address}` }),
      WATCH_MS,
    );
    try {
      return await Promise.race([this.port.enter(request), ended]);
    } catch (cause) {
      const { desc = '' } = cause as SdkError;
      // The handshake before the socket is a request.
      throw isDomainRefusal(desc) ? notListed('request', request.address) : cause;
    } finally {
      stopWatching();
      removeRule();
      this.releaseMutex();
      this.clock.clearTimeout(watch);
      this.clock.clearTimeout(this.broken);
    }
  }

  onStatus(status: number, error: SdkError | undefined): void {
    this.clock.clearTimeout(this.broken);
    if (status !== RoomStatus.DISCONNECTED) return;
    const failure = error ?? { code: Code.connectFailed };
    this.broken = this.clock.setTimeout(() => this.fail(failure), BROKEN_MS);
  }

  giveUp(): void {
    this.fail({ code: Code.cancelled });
  }
}

/** No further attempt helps: this list of the WeChat console needs this host. */
function notListed(list: 'request' | 'socket', host: string): SdkError {
  return { code: Code.domainNotListed, desc: `${list} list: add ${host}` };
}
