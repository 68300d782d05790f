import type { Gift } from '../stores/custom-content';
import type { ChatroomTexts } from '../texts';

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

/** The text of a gift. A gift that this app does not know has the name that its sender gave. */
export function giftText({ giftId, name, count }: Gift, t: ChatroomTexts): string {
  const known = GIFTS.find((gift) => gift.giftId === giftId);
  return `${known?.emoji ?? '🎁'} ${t('room.gift', {
    name: known ? t(`gift.${known.giftId}`) : name,
    count,
  })}`;
}
