import { contentOf, type MessageContent } from '@/stores/messages/kinds';
import type { CustomFields } from '@/stores/messages/kinds/custom';
import { numberIn } from '@/stores/messages/kinds/fields';

/** The JSON of a custom message that a product sends. */
export type CustomJson = { readonly type: string } & CustomFields;

export interface Gift {
  readonly giftId: string;
  readonly name: string;
  readonly count: number;
}

/** Largest number of gifts that a message may claim. */
const MOST_GIFTS = 9999;

/** Null for fields that are not those of a gift. */
export function parseGift({ giftId, name, count }: CustomFields): Gift | null {
  if (typeof giftId !== 'string' || typeof name !== 'string') return null;
  return { giftId, name, count: Math.floor(numberIn(count, MOST_GIFTS)) || 1 };
}

/** Largest number of likes that a message may claim. */
const MOST_LIKES = 9999;

/** The number of likes in a message; 0 for other messages. */
export function likesIn(message: MessageContent): number {
  const custom = contentOf(message, 'custom');
  if (custom?.type !== 'like') return 0;
  const { count } = custom.fields;
  return Math.floor(numberIn(count, MOST_LIKES)) || 1;
}
