import { useEffect } from 'react';
import { vibrate } from '@/platform';

const EVERY_MS = 2000;

/** Vibrates while an incoming call rings. */
export function useRinging(isRinging: boolean): void {
  useEffect(() => {
    if (!isRinging) return;
    vibrate();
    const timer = setInterval(vibrate, EVERY_MS);
    return () => clearInterval(timer);
  }, [isRinging]);
}
