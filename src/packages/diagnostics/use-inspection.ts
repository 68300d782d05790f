import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import type { Core } from '@/connection/boot';
import { inspect, type Inspection } from './inspect';

/** Ages and countdowns are updated once a second; changes are shown at once, several together. */
const REFRESH_MS = 1000;
const BATCH_MS = 100;

/** The current inspection, updated while the page is shown. */
export function useInspection(core: Core): Inspection {
  const [inspection, setInspection] = useState(() => inspect(core));
  const [shown, setShown] = useState(true);
  useDidShow(() => setShown(true));
  useDidHide(() => setShown(false));

  useEffect(() => {
    if (!shown) return;
    let batch: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      batch = undefined;
      setInspection(inspect(core));
    };
    const soon = () => {
      batch ??= setTimeout(refresh, BATCH_MS);
    };
    const stops = [core.gate.on(soon), core.manager.on('state', soon)];
    const timer = setInterval(refresh, REFRESH_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(batch);
      for (const stop of stops) stop();
    };
  }, [core, shown]);

  return inspection;
}
