import { useCallback, useState } from 'react';
import { useStores } from '../page/stores-context';

/**
 * Whether a picture of another waits for a tap, because the user saves data and the network is not Wi-Fi; and the
 * function that loads it.
 */
export function useSaver(mine: boolean): readonly [isHeld: boolean, load: () => void] {
  const root = useStores();
  const [isWanted, setWanted] = useState(false);
  const load = useCallback(() => setWanted(true), []);
  const isHeld = !mine && !isWanted && root.settings.isOn('dataSaver') && root.isOnMobileData();
  return [isHeld, load];
}
