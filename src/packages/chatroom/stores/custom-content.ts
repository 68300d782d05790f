/** What a custom message carries: JSON with a `type`. Gifts and likes are ours; a product adds its own. */
export type CustomContent =
  | {
      readonly type: 'gift';
      readonly giftId: string;
      readonly name: string;
      readonly count: number;
    }
  | { readonly type: 'like'; readonly count: number }
  | { readonly type: string; readonly [field: string]: unknown };

export type Gift = Extract<CustomContent, { type: 'gift' }>;

/** The content of a custom message; null when it is not of this form. */
export function parseCustom(raw: string | undefined): CustomContent | null {
  if (!raw) return null;
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value !== 'object' || value === null) return null;
    return 'type' in value && typeof value.type === 'string' ? (value as CustomContent) : null;
  } catch {
    return null;
  }
}

/** How many likes a message stands for; 0 when it is none. */
export function likesIn(content: CustomContent | null): number {
  if (content?.type !== 'like') return 0;
  const { count } = content;
  return typeof count === 'number' && count > 0 ? Math.floor(count) : 1;
}
