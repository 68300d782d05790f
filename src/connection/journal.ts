import type { Clock } from '@/platform';

export interface JournalEntry {
  /** Milliseconds since 1970. */
  at: number;
  kind: string;
  text: string;
}

const CAPACITY = 300;

/**
 * A ring buffer of connection events, shown by the inspector and the diagnostics bundle. Writers pass
 * codes, hosts and states; never a token, never a message's text.
 */
export class Journal {
  private readonly ring: JournalEntry[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly capacity = CAPACITY,
  ) {}

  record(kind: string, text: string): void {
    this.ring.push({ at: this.clock.now(), kind, text: redact(text) });
    if (this.ring.length > this.capacity) this.ring.shift();
  }

  /** Oldest first. */
  entries(): readonly JournalEntry[] {
    return this.ring;
  }
}

/** An event of the SDK, `onReceiveP2PMessageReadReceipts`: capitalised words and nothing else after `on`. */
const EVENT_NAME = /^on(?:P2P|[A-Z][a-z]+)+$/;

/** Replaces long opaque words, which may be secrets; addresses, hosts and codes are shorter or have dots. */
export function redact(text: string): string {
  return text.replace(/[A-Za-z0-9+/=_-]{24,}/g, (word) =>
    EVENT_NAME.test(word) ? word : '[redacted]',
  );
}
