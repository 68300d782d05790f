import { type ReactNode, useEffect, useState } from 'react';
import { Skeleton } from '../ui/skeleton';
import { ConnectionBanner } from './connection-banner';
import { useCore } from './core-context';

/**
 * Shows a page once the SDK has been loaded, which the first login does. A page that is opened by a link, or before
 * WeChat has the sub-package of the SDK, waits with the state of the connection, which can be retried.
 */
export function AfterSdk({ isNeeded, children }: { isNeeded: boolean; children: ReactNode }) {
  const { sdkFile } = useCore();
  const [isLoaded, setLoaded] = useState(() => sdkFile.isLoaded());
  useEffect(() => {
    let isGone = false;
    void sdkFile.whenLoaded.then(() => !isGone && setLoaded(true));
    return () => {
      isGone = true;
    };
  }, [sdkFile]);
  if (isLoaded || !isNeeded) return <>{children}</>;
  return (
    <>
      <ConnectionBanner />
      <Skeleton />
    </>
  );
}
