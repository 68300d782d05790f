import type { KeyValueStorage } from '@/platform';

const KEY = 'yunxin.emoji.recent';
/** Two rows of the panel. */
const KEPT = 16;
/** Longest emoji, UTF-16 units. */
const LONGEST = 16;

/** The emoji that were chosen last, the newest first. They belong to the device, not to an account. */
export class RecentEmoji {
  constructor(private readonly storage: KeyValueStorage) {}

  list(): string[] {
    try {
      const stored: unknown = JSON.parse(this.storage.get(KEY) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isEmoji).slice(0, KEPT) : [];
    } catch {
      return [];
    }
  }

  add(emoji: string): void {
    const others = this.list().filter((one) => one !== emoji);
    this.storage.set(KEY, JSON.stringify([emoji, ...others].slice(0, KEPT)));
  }
}

function isEmoji(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST;
}
