import { useDidShow } from '@tarojs/taro';
import { useCallback, useContext, useEffect, useState } from 'react';
import { useCore } from '../page/core-context';
import { PageGateContext } from '../page/page-gate';

interface PictureState {
  /** Whether the picture at this address failed and must not be requested yet. */
  readonly broken: boolean;
  readonly onError: () => void;
  /** Requests the picture again. */
  readonly retry: () => void;
}

/** The state of a picture at an address. A failed picture is shown again after a `PictureRetry`. */
export function usePicture(url: string | undefined): PictureState {
  const [brokenUrl, setBrokenUrl] = useState('');
  const onError = useCallback(() => setBrokenUrl(url ?? ''), [url]);
  const retry = useCallback(() => setBrokenUrl(''), []);
  return { broken: brokenUrl !== '' && brokenUrl === url, onError, retry };
}

/**
 * Retries a failed picture and draws nothing. It requests the picture again only when the network is back or
 * the page is shown again, so a wrong address is requested once for each of these events.
 */
export function PictureRetry({ retry }: { retry: () => void }) {
  const { network } = useCore().platform;
  const gate = useContext(PageGateContext);
  useDidShow(retry);
  useEffect(() => {
    const stop = network.onChange(({ isConnected }) => isConnected && gate.requestRender(retry));
    return () => {
      stop();
      gate.cancelRender(retry);
    };
  }, [network, gate, retry]);
  return null;
}
