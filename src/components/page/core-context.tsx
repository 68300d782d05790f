import { createContext, type PropsWithChildren, useContext } from 'react';
import type { Core } from '@/connection/boot';

export const CoreContext = createContext<Core | null>(null);

/** Gives the connection layer to the pages that use it: the inspector and the room pages. */
export function CoreProvider({ core, children }: PropsWithChildren<{ core: Core }>) {
  return <CoreContext.Provider value={core}>{children}</CoreContext.Provider>;
}

/** @throws Error outside of a CoreProvider: a programming error. */
export function useCore(): Core {
  const core = useContext(CoreContext);
  if (!core) throw new Error('useCore needs a CoreProvider above it');
  return core;
}
