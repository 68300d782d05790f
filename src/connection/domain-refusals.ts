import type { NimPort, SdkError } from '@/sdk';
import { isDomainRefusal } from '@/sdk/domain-refusal';
import type { Journal } from './journal';
import type { SocketGate, SocketOwner } from './socket-gate';

interface Watched {
  nim: NimPort;
  gate: SocketGate;
  owner: SocketOwner;
  journal: Journal;
}

const DOMAIN_NOT_LISTED = 600002;

/**
 * Notices hosts that WeChat refuses because they are on none of its lists. For the link no attempt will be
 * better, so it becomes the attempt's error; for the LBS it is only noted, because `linkUrl` may still work.
 */
export class DomainRefusals {
  /** The refusal of the link, if the running attempt met one: which list, and what to add. */
  link: SdkError | undefined;
  private readonly stops: (() => void)[];

  constructor({ nim, gate, owner, journal }: Watched) {
    const note = (list: 'request' | 'socket', subject: string) => {
      const desc = `${list} list: add ${subject}`;
      journal.record('domain', desc);
      if (list === 'socket' || subject.includes('/socket.io/'))
        this.link = { code: DOMAIN_NOT_LISTED, desc };
    };
    this.stops = [
      nim.on('requestRefused', (url) => note('request', url)),
      gate.on(({ kind, ticket, reason = '' }) => {
        if (kind === 'closed' && ticket.owner === owner && isDomainRefusal(reason))
          note('socket', ticket.host);
      }),
    ];
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }
}
