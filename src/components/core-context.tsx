import { createContext, type PropsWithChildren, useContext } from 'react';
import type { Core } from '@/connection/boot';

const CoreContext = createContext<Core | null>(null);

/** Hands the connection layer to the pages that look into it: the inspector and the room pages. */
export function CoreProvider({ core, children }: PropsWithChildren<{ core: Core }>) {
  return <CoreContext.Provider value={core}>{children}</CoreContext.Provider>;
}

/** @throws Error outside of a CoreProvider: a mistake in the wiring. */
export function useCore(): Core {
  const core = useContext(CoreContext);
  if (!core) throw new Error('useCore needs a CoreProvider above it');
  return core;
}
