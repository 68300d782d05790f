/** Taro puts its own renderer in the place of react-dom in a mini-program; both have this. */
declare module 'react-dom' {
  /** Runs `work` and renders what it asked for before returning. */
  export function flushSync(work: () => void): void;
}
