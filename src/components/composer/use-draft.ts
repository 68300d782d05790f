import { useDidHide } from '@tarojs/taro';
import { useEffect } from 'react';
import { type Edited, replaceAll } from './caret';
import type { DraftField } from './draft-field';

/** The text that is kept for a conversation while its composer is closed. */
export interface Draft {
  /** The text at the opening. */
  readonly text: string;
  readonly keep: (text: string) => void;
}

/** Shows the draft of a conversation, and keeps its text when the page is left or the app goes to the background. */
export function useDraft(
  field: DraftField,
  apply: (edited: Edited) => void,
  draft: Draft | undefined,
): void {
  useEffect(() => {
    if (!draft) return;
    if (draft.text) apply(replaceAll(draft.text));
    return () => draft.keep(field.text);
  }, [field, apply, draft]);
  useDidHide(() => draft?.keep(field.text));
}
