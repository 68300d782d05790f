import { useEffect } from 'react';
import type { FieldElement } from './draft-field';

/** In a browser Enter sends and Shift+Enter begins a line; the Enter that ends a composition does neither. */
export function useEnterKey(element: FieldElement | null, send: () => void): void {
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5' || !(element instanceof HTMLElement)) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      send();
    };
    element.addEventListener('keydown', onKeyDown, { capture: true });
    return () => element.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [element, send]);
}
