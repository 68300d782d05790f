import type { KeyValueStorage } from '@/platform';

/** Groups of the app's storage keys by their beginning; what begins otherwise is the SDK's or older. */
const GROUPS = {
  list: ['yunxin.conversations'],
  drafts: ['yunxin.drafts'],
  unsent: ['yunxin.unsent'],
  notices: ['yunxin.notices', 'yunxin.requests'],
  settings: ['yunxin.account', 'yunxin.settings'],
} as const;

export type StorageGroup = keyof typeof GROUPS | 'other';

/** What a cleaning keeps: what the user wrote, and what the next start needs. */
const KEPT: readonly StorageGroup[] = ['drafts', 'unsent', 'settings'];
/** Beginnings of the app's own keys that are neither in a group nor the SDK's. */
const OWN = 'yunxin.';

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

/** Removes what the app can get again. The SDK's own keys stay: among them is the id of the device. */
export function clearStorage(storage: KeyValueStorage): void {
  for (const key of storage.keys())
    if (key.startsWith(OWN) && !KEPT.includes(groupOf(key))) storage.remove(key);
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
