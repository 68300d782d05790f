import { useDidShow } from '@tarojs/taro';
import { useCallback, useContext, useEffect, useState } from 'react';
import { useCore } from './core-context';
import { PageGateContext } from './page-gate';

interface PictureState {
  /** This address did not load, and it is not yet time to ask again. */
  readonly broken: boolean;
  readonly onError: () => void;
  /** Asks for the picture again. */
  readonly retry: () => void;
}

/** Whether the picture at an address is to be shown. What failed is shown again after a `PictureRetry`. */
export function usePicture(url: string | undefined): PictureState {
  const [brokenUrl, setBrokenUrl] = useState('');
  const onError = useCallback(() => setBrokenUrl(url ?? ''), [url]);
  const retry = useCallback(() => setBrokenUrl(''), []);
  return { broken: brokenUrl !== '' && brokenUrl === url, onError, retry };
}

/**
 * Stands where a picture failed, and draws nothing. Asks for it again when the network is back or the page is
 * shown again, at no other time: an address that is wrong is asked once for each of these.
 */
export function PictureRetry({ retry }: { retry: () => void }) {
  const { network } = useCore().platform;
  const gate = useContext(PageGateContext);
  useDidShow(retry);
  useEffect(() => {
    const stop = network.onChange(({ isConnected }) => isConnected && gate.request(retry));
    return () => {
      stop();
      gate.cancel(retry);
    };
  }, [network, gate, retry]);
  return null;
}
