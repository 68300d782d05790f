/** The reactions that the menu offers, by the SDK's index of the quick comment less 1. Their order must not change. */
export const REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏', '🎉'] as const;

/** Shown for the index of another app. */
const UNKNOWN = '💬';

/** The emoji of a quick comment's index, from 1. */
export function reactionEmoji(index: number): string {
  return REACTIONS[index - 1] ?? UNKNOWN;
}
