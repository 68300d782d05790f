import { createContext, type PropsWithChildren, useContext, useEffect } from 'react';
import type { RootStore } from '@/stores';
import { watchArrivals } from './arrival-alert';
import { watchPrivacy } from './privacy-screen';
import { watchReminders } from './reminder-alert';
import { watchSystemLook } from './system-look';
import { detectScreenReader } from './screen-reader';
import { today } from './today';

export const StoresContext = createContext<RootStore | null>(null);

interface StoresProviderProps {
  root: RootStore;
}

/** Gives the stores to the pages. Mounted once, in app.tsx, around Taro's page tree. */
export function StoresProvider({ root, children }: PropsWithChildren<StoresProviderProps>) {
  useEffect(() => watchDevice(root), [root]);
  return <StoresContext.Provider value={root}>{children}</StoresContext.Provider>;
}

/** Starts what belongs to no page: look of the system, midnight, alerts. Returns the end. */
export function watchDevice(root: RootStore): () => void {
  const stops = [
    watchSystemLook(root.settings),
    today.watchMidnight(),
    watchArrivals(root),
    watchPrivacy(root),
    watchReminders(root),
  ];
  void detectScreenReader();
  return () => {
    for (const stop of stops) stop();
  };
}

/** @throws Error outside of a StoresProvider: a programming error. */
export function useStores(): RootStore {
  const root = useContext(StoresContext);
  if (!root) throw new Error('useStores needs a StoresProvider above it');
  return root;
}
