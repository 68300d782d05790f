/** Taro replaces react-dom with its own renderer in a mini-program; both have this function. */
declare module 'react-dom' {
  /** Runs `work` and renders the updates it requested before returning. */
  export function flushSync(work: () => void): void;
}

/** For tests of components. */
declare module 'react-dom/server' {
  import type { ReactElement } from 'react';
  export function renderToStaticMarkup(element: ReactElement): string;
}
