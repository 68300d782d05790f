import { useCallback, useState } from 'react';

interface PictureSource {
  /** The address to show; empty when every address failed. */
  readonly src: string;
  /** Reports that the address failed, and goes on to the next address. */
  readonly onError: () => void;
  /** Begins again with the first address. */
  readonly retry: () => void;
}

/**
 * Shows a picture at the first of its addresses that can be loaded. A thumbnail fails where the file server cannot
 * scale the format, while the picture itself can be shown.
 */
export function useSources(addresses: readonly string[]): PictureSource {
  const [failed, setFailed] = useState(0);
  const sources = [...new Set(addresses)].filter((address) => address !== '');
  const onError = useCallback(() => setFailed((count) => count + 1), []);
  const retry = useCallback(() => setFailed(0), []);
  return { src: sources[failed] ?? '', onError, retry };
}
