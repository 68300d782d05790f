import type { KeyValueStorage } from '@/platform';

/** Groups of the app's storage keys by their beginning; what begins otherwise is the SDK's or older. */
const GROUPS = {
  list: ['yunxin.conversations'],
  drafts: ['yunxin.drafts'],
  unsent: ['yunxin.unsent'],
  notices: ['yunxin.notices', 'yunxin.requests', 'yunxin.reminders'],
  settings: ['yunxin.account', 'yunxin.settings'],
} as const;

export type StorageGroup = keyof typeof GROUPS | 'other';

/**
 * Beginnings of the keys that a cleaning removes. Everything else stays: the user wrote it (drafts, phrases, unsent
 * messages), the server does not send it again (friend requests), or the app needs it later (the ends of timed mutes).
 */
const CLEARED = ['yunxin.conversations.', 'yunxin.emoji.recent', 'yunxin.rooms.recent'];

export interface StorageUse {
  readonly group: StorageGroup;
  readonly bytes: number;
}

/** The bytes of each group of keys, keys included; groups without bytes are left out. */
export function storageUse(storage: KeyValueStorage): StorageUse[] {
  const bytes = new Map<StorageGroup, number>();
  for (const key of storage.keys()) {
    const group = groupOf(key);
    const size = bytesOf(key) + bytesOf(storage.get(key) ?? '');
    bytes.set(group, (bytes.get(group) ?? 0) + size);
  }
  return [...(Object.keys(GROUPS) as StorageGroup[]), 'other' as const].flatMap((group) => {
    const size = bytes.get(group) ?? 0;
    return size > 0 ? [{ group, bytes: size }] : [];
  });
}

/** Removes what the app can get again or do without. */
export function clearStorage(storage: KeyValueStorage): void {
  for (const key of storage.keys())
    if (CLEARED.some((start) => key.startsWith(start))) storage.remove(key);
}

function groupOf(key: string): StorageGroup {
  const found = Object.entries(GROUPS).find(([, starts]) =>
    starts.some((start) => key.startsWith(start)),
  );
  return (found?.[0] as StorageGroup | undefined) ?? 'other';
}

/** The length in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
