import { View } from '@tarojs/components';
import { useContext, useEffect, useReducer } from 'react';
import { durationText } from '@/components/format/duration';
import { PageGateContext } from '@/components/page-gate';

/** How long it has lasted; counts only while the page is seen. */
export function CallTimer({ since }: { since: number }) {
  const gate = useContext(PageGateContext);
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(() => gate.request(render), 1000);
    return () => {
      clearInterval(timer);
      gate.cancel(render);
    };
  }, [gate]);
  const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
  return <View className="talk-timer">{durationText(seconds)}</View>;
}
