import { type PropsWithChildren, useSyncExternalStore } from 'react';
import { CoreContext } from '@/components/page/core-context';
import { sendInParts } from '@/components/page/set-data-parts';
import { StoresContext } from '@/components/page/stores-context';
import '../styles/app.scss';
import { running } from './running';

sendInParts();

/**
 * The root of Taro's page tree in a host. The tree keeps its shape when the host starts and ends the chat: other
 * parents would make React build the open pages anew, and Taro would lose them.
 */
export function EmbeddedApp({ children }: PropsWithChildren) {
  const run = useSyncExternalStore(running.subscribe, running.get);
  return (
    <CoreContext.Provider value={run?.core ?? null}>
      <StoresContext.Provider value={run?.root ?? null}>{children}</StoresContext.Provider>
    </CoreContext.Provider>
  );
}
