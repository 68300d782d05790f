import { createContext, type PropsWithChildren, useContext, useEffect } from 'react';
import type { RootStore } from '@/stores';
import { watchArrivals } from './arrival-alert';
import { watchPrivacy } from './privacy-screen';
import { watchReminders } from './reminder-alert';
import { watchSystemLook } from './system-look';
import { detectScreenReader } from './screen-reader';
import { today } from './today';

const StoresContext = createContext<RootStore | null>(null);

interface StoresProviderProps {
  root: RootStore;
}

/** Gives the stores to the pages. Mounted once, in app.tsx, around Taro's page tree. */
export function StoresProvider({ root, children }: PropsWithChildren<StoresProviderProps>) {
  useEffect(() => watchSystemLook(root.settings), [root]);
  useEffect(() => today.watchMidnight(), []);
  useEffect(() => watchArrivals(root), [root]);
  useEffect(() => watchPrivacy(root), [root]);
  useEffect(() => watchReminders(root), [root]);
  useEffect(() => void detectScreenReader(), []);
  return <StoresContext.Provider value={root}>{children}</StoresContext.Provider>;
}

/** @throws Error outside of a StoresProvider: a programming error. */
export function useStores(): RootStore {
  const root = useContext(StoresContext);
  if (!root) throw new Error('useStores needs a StoresProvider above it');
  return root;
}
