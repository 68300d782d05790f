import type { NimPort, SdkError } from '@/sdk';
import { isDomainRefusal } from '@/sdk/domain-refusal';
import { Code } from '@/sdk/codes';
import type { Journal } from './journal';
import type { SocketGate } from './socket-gate';
import type { SocketOwner } from './socket-ticket';

interface AttemptErrorsDependencies {
  nim: NimPort;
  gate: SocketGate;
  owner: SocketOwner;
  journal: Journal;
}

/**
 * The errors that the running attempt met. A host that WeChat refuses because it is on none of its lists is final
 * for the link; for the LBS the refusal is only recorded, because `linkUrl` may still work.
 */
export class AttemptErrors {
  /** The newest error that the SDK reported since the attempt began. */
  last: SdkError | undefined;
  /** The refusal of the link by WeChat: which list, and which host to add. */
  private refusal: SdkError | undefined;
  private readonly journal: Journal;
  private readonly stops: (() => void)[];

  constructor({ nim, gate, owner, journal }: AttemptErrorsDependencies) {
    this.journal = journal;
    this.stops = [
      nim.on('requestRefused', (url) => this.addRefusal('request', url)),
      gate.on(({ kind, ticket, reason = '' }) => {
        if (kind === 'closed' && ticket.owner === owner && isDomainRefusal(reason))
          this.addRefusal('socket', ticket.host);
      }),
    ];
  }

  /** The error that the attempt ends with: a refusal by WeChat, else the error given. */
  outcome(error: SdkError | undefined): SdkError | undefined {
    return this.refusal ?? error;
  }

  record(error: SdkError): void {
    this.last = error;
    this.journal.record('link', `${error.code} ${error.desc ?? ''}`.trim());
  }

  /** Another attempt begins. */
  clear(): void {
    this.last = undefined;
    this.refusal = undefined;
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }

  private addRefusal(list: 'request' | 'socket', subject: string): void {
    const desc = `${list} list: add ${subject}`;
    this.journal.record('domain', desc);
    if (list === 'socket' || subject.includes('/socket.io/'))
      this.refusal = { code: Code.domainNotListed, desc };
  }
}
