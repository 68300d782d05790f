import type { AccountStores } from '@/stores';
import type { MessagePlace } from '@/stores/chat/chat-history';

/** The message at the upper edge of the list when a chat was left further up. */
export interface LeftPlace extends MessagePlace {
  /** From the upper edge of the list to that of the message's bubble, px; negative above the edge. */
  readonly offset: number;
}

/** Chats whose place is kept. */
const KEPT = 50;

/** By conversation, the one that was left last at the end. In memory: a new start opens each chat at its end. */
const places = new WeakMap<AccountStores, Map<string, LeftPlace>>();

/** Where the chat was left; null when the reader was at the end, or has not been there. */
export function leftPlaceOf(account: AccountStores, conversationId: string): LeftPlace | null {
  return places.get(account)?.get(conversationId) ?? null;
}

/** Keeps the place for the next opening. `place` null: the reader is at the end. */
export function keepPlace(
  account: AccountStores,
  conversationId: string,
  place: LeftPlace | null,
): void {
  const own = places.get(account) ?? new Map<string, LeftPlace>();
  places.set(account, own);
  own.delete(conversationId);
  if (place) own.set(conversationId, place);
  const [oldest] = own.keys();
  if (own.size > KEPT && oldest !== undefined) own.delete(oldest);
}
