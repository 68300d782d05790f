export { LazyNim, loadSdk } from './lazy-nim';
export type { NimDependencies, NimOptions } from './nim';
export type * from './nim-port';
