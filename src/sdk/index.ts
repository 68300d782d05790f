export { isDomainRefusal } from './domain-refusal';
export { createNim, type NimDependencies, type NimOptions } from './nim';
export type { LbsReport } from './lbs-guard';
export type * from './nim-port';
