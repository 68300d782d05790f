import type { TextKey } from '@/i18n';
import type { KindSpec } from './kind-spec';

/** A kind that is shown by its name. */
export function namedKind(messageType: number, previewKey: TextKey): KindSpec<null> {
  return { messageType, parse: () => null, previewKey };
}
