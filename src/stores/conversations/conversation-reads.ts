import type { ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import { UntilTold } from '../messages/until-told';

/**
 * The server time (milliseconds) up to which each conversation is read. A position moves forward only: in the
 * SDK's counts at once, on the server as soon as the server accepts it.
 */
export class ConversationReads {
  private readonly told: UntilTold<number>;
  /** Positions that other devices reported. */
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
      // The event comes from another device or from the sync: the server already has this position.
      if (this.isReadingHere) return;
      this.told.heard(conversationId, until);
      if (until > this.positionOf(conversationId)) this.elsewhere.set(conversationId, until);
    });
  }

  /** Returns whether the position moved. */
  advancePosition(conversationId: string, until: number): boolean {
    if (until <= 0 || !this.told.want(conversationId, until)) return false;
    this.readHere(conversationId, until);
    return true;
  }

  /** The position as far as this session knows it; -1 when it is unknown. */
  positionOf(conversationId: string): number {
    const here = this.told.valueOf(conversationId) ?? -1;
    return Math.max(here, this.elsewhere.get(conversationId) ?? -1);
  }

  /** Called when the link is back. */
  resume(): void {
    // The SDK may not have known the conversation when the position was set.
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
