import type { ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import { UntilTold } from './until-told';

/**
 * Up to which server time (milliseconds) each conversation is read. Moves forward only: in the SDK's counts
 * at once, on the server as soon as it accepts it.
 */
export class ConversationReads {
  private readonly told: UntilTold<number>;
  /** What other devices have read, as it was heard of. */
  private readonly elsewhere = new Map<string, number>();
  private isReadingHere = false;

  constructor(
    private readonly connection: ImConnection,
    clock: Clock,
  ) {
    this.told = new UntilTold({
      clock,
      tell: (conversationId, until) => connection.services.readPosition.tell(conversationId, until),
      isOnline: () => connection.state.name === 'online',
      isNewer: (until, than) => until > than,
    });
    connection.listen('conversation', 'onConversationReadTimeUpdated', (conversationId, until) => {
      // From another device, or from the sync: the server has it.
      if (this.isReadingHere) return;
      this.told.heard(conversationId, until);
      if (until > this.positionOf(conversationId)) this.elsewhere.set(conversationId, until);
    });
  }

  /** Returns whether the position moved. */
  advance(conversationId: string, until: number): boolean {
    if (until <= 0 || !this.told.want(conversationId, until)) return false;
    this.readHere(conversationId, until);
    return true;
  }

  /** Up to where it is read, as far as this session has heard; -1 where it has heard nothing. */
  positionOf(conversationId: string): number {
    const here = this.told.valueOf(conversationId) ?? -1;
    return Math.max(here, this.elsewhere.get(conversationId) ?? -1);
  }

  /** The link is back. */
  resume(): void {
    // The SDK may not have known the conversation when it was read.
    for (const [conversationId, until] of this.told.untold()) this.readHere(conversationId, until);
    this.told.resume();
  }

  dispose(): void {
    this.told.dispose();
  }

  private readHere(conversationId: string, until: number): void {
    this.isReadingHere = true;
    try {
      this.connection.services.readPosition.setLocally(conversationId, until);
    } finally {
      this.isReadingHere = false;
    }
  }
}
