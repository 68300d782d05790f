import { useEffect, useState } from 'react';
import { foreignCall, systemClock } from '@/platform';

type Directory = typeof import('./directory');

/** WeChat's `require` of this file, with which a file of a sub-package is loaded. */
declare const __non_webpack_require__: { async?: (path: string) => Promise<unknown> };

/** Longest wait for the file before the list is shown without pinyin, ms. */
const LIMIT_MS = 3000;

/** Sorts and searches without pinyin: the sub-package could not be loaded. */
const PLAIN: Directory = {
  letterOf: () => '#',
  sectionsOf: (entries) => (entries.length > 0 ? [{ letter: '#', entries }] : []),
  search: (entries, query) =>
    entries.filter(({ name, profileName, accountId }) =>
      `${name}\n${profileName}\n${accountId}`.toLowerCase().includes(query.toLowerCase()),
    ),
};

let loaded: Directory | undefined;
let loading: Promise<Directory> | undefined;

/** How names are sorted and found, with the pinyin table of the sub-package for people; null while it loads. */
export function useDirectory(): Directory | null {
  const [directory, setDirectory] = useState(loaded);
  useEffect(() => {
    if (directory) return;
    let isOver = false;
    void load().then((found) => {
      if (!isOver) setDirectory(found);
    });
    return () => {
      isOver = true;
    };
  }, [directory]);
  return directory ?? null;
}

/** A failed load is repeated by the next page that needs it. */
async function load(): Promise<Directory> {
  loading ??= foreignCall(requireDirectory, {
    clock: systemClock,
    limitMs: LIMIT_MS,
    onLimit: () => new Error('no directory'),
  });
  try {
    return (loaded = await loading);
  } catch {
    loading = undefined;
    return PLAIN;
  }
}

/** Old hosts have no `require.async`: the call throws, and the list is shown without pinyin. */
function requireDirectory(): Promise<Directory> {
  if (process.env.TARO_ENV !== 'weapp') return import('./directory');
  if (!__non_webpack_require__.async) throw new Error('no require.async');
  // The file is built by config/sdk-file. DevTools look for this call with a literal path.
  return __non_webpack_require__.async('./packages/people/directory.js') as Promise<Directory>;
}
