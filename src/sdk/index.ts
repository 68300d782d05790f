export { isDomainRefusal } from './domain-refusal';
export { LazyNim, loadSdk } from './lazy-nim';
export type { NimDependencies, NimOptions } from './nim';
export type { LbsReport } from './lbs-guard';
export type * from './nim-port';
