export { LazyNim, loadSdk, sdkFile, type SdkFile } from './lazy-nim';
export type { NimDependencies, NimOptions } from './nim';
export type * from './nim-port';
