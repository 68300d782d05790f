import type { CustomContent, Gift } from '../stores/custom-content';
import type { Say } from '../texts';

export interface GiftChoice {
  readonly giftId: 'rose' | 'cheer' | 'cake' | 'rocket';
  /** Every platform draws its own; no picture has to be loaded. */
  readonly emoji: string;
}

export const GIFTS: readonly GiftChoice[] = [
  { giftId: 'rose', emoji: '🌹' },
  { giftId: 'cheer', emoji: '🍻' },
  { giftId: 'cake', emoji: '🎂' },
  { giftId: 'rocket', emoji: '🚀' },
];

export function isGift(custom: CustomContent | null): custom is Gift {
  return custom?.type === 'gift';
}

/** A gift as it is seen; one this app does not know is called what its giver called it. */
export function giftText({ giftId, name, count }: Gift, say: Say): string {
  const known = GIFTS.find((gift) => gift.giftId === giftId);
  return `${known?.emoji ?? '🎁'} ${say('room.gift', {
    name: known ? say(`gift.${known.giftId}`) : String(name),
    count: Number(count) || 1,
  })}`;
}
