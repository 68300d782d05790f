export { LazyNim, loadSdk, sdkFile, type SdkFile, serviceRows } from './lazy-nim';
export type { NimDependencies, NimOptions } from './nim';
export type * from './nim-port';
export type { ReasonRow } from './service-rows';
