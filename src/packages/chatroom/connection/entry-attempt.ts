import type { SocketGate, SocketOwner } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type { SdkError } from '@/sdk';
import { isDomainRefusal } from '@/sdk/domain-refusal';
import { RoomStatus } from './constants';
import type { EnterRequest, EnterResult, RoomPort } from './room-port';

/** The SDK's stages end after handshake, `1::` and login 8 s each; this is the backstop of one attempt. */
const WATCH_MS = 26_000;
/** The SDK needs a moment from a broken link to its own next step; then it never takes one (wire protocol 6.4). */
const BROKEN_MS = 50;

const TIMEOUT = 191005;
const CANCELLED = 191002;
const CONNECT_FAILED = 192001;
const DOMAIN_NOT_LISTED = 600002;

/**
 * One call of the SDK's `enter` that is sure to end: alone it hangs until its time limit when the socket is
 * refused after the handshake.
 */
export class EntryAttempt {
  private fail: (error: SdkError) => void = () => undefined;
  private broken: TimerHandle | null = null;

  constructor(
    private readonly port: RoomPort,
    private readonly clock: Clock,
    private readonly gate: SocketGate,
    private readonly owner: SocketOwner,
    /** Another room may open its socket now. */
    private readonly endTurn: () => void,
  ) {}

  /** @throws SdkError */
  async run(request: EnterRequest): Promise<EnterResult> {
    // The SDK opens its socket in a callback of its own: the gate knows whose it is by the address.
    const host = request.address.replace(/:443$/, '');
    const removeRule = this.gate.addOwnerRule((url) => {
      if (!url.replace(':443/', '/').includes(`://${host}/`)) return undefined;
      removeRule();
      this.endTurn();
      return this.owner;
    });
    const stopWatching = this.gate.on(({ kind, ticket, reason = '' }) => {
      if (kind === 'closed' && ticket.owner === this.owner && isDomainRefusal(reason))
        this.fail(notListed('socket', ticket.host));
    });
    const ended = new Promise<never>((_, reject) => (this.fail = reject));
    const watch = this.clock.setTimeout(
      () => this.fail({ code: TIMEOUT, desc: `no answer from ${request.address}` }),
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
      this.endTurn();
      this.clock.clearTimeout(watch);
      this.clock.clearTimeout(this.broken);
    }
  }

  onStatus(status: number, error: SdkError | undefined): void {
    this.clock.clearTimeout(this.broken);
    if (status !== RoomStatus.DISCONNECTED) return;
    const failure = error ?? { code: CONNECT_FAILED };
    this.broken = this.clock.setTimeout(() => this.fail(failure), BROKEN_MS);
  }

  giveUp(): void {
    this.fail({ code: CANCELLED });
  }
}

/** No further attempt helps: this list of the WeChat console needs this host. */
function notListed(list: 'request' | 'socket', host: string): SdkError {
  return { code: DOMAIN_NOT_LISTED, desc: `${list} list: add ${host}` };
}
