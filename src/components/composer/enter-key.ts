import { useEffect } from 'react';
import type { FieldElement } from './draft-field';

/** keyCode of a key press that an input method handles. */
const OF_INPUT_METHOD = 229;

/**
 * Whether a key press sends the text. In a browser Enter sends and Shift+Enter begins a line; the Enter that
 * ends a composition does neither. Safari ends the composition before that Enter, so that `isComposing` is
 * false and only the keyCode differs.
 */
export function isSendKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>,
): boolean {
  if (event.isComposing || event.keyCode === OF_INPUT_METHOD) return false;
  return event.key === 'Enter' && !event.shiftKey;
}

/** Sends with the key of {@link isSendKey}. */
export function useEnterKey(element: FieldElement | null, send: () => void): void {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5' || !(element instanceof HTMLElement)) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isSendKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
      send();
    };
    element.addEventListener('keydown', onKeyDown, { capture: true });
    return () => element.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [element, send]);
}
