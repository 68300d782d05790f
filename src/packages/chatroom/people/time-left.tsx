import { useContext, useEffect, useReducer } from 'react';
import { durationText } from '@/components/format/duration';
import { PageGateContext } from '@/components/page-gate';
import type { Say } from './texts';

interface TimeLeftProps {
  /** ms since 1970. */
  until: number;
  say: Say;
}

/** How long a temporary mute still lasts; counts only while the page is seen. */
export function TimeLeft({ until, say }: TimeLeftProps) {
  const gate = useContext(PageGateContext);
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(() => gate.request(render), 1000);
    return () => {
      clearInterval(timer);
      gate.cancel(render);
    };
  }, [gate]);
  const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
  return seconds > 0 ? <>{say('card.tempMuted', { time: durationText(seconds) })}</> : null;
}
