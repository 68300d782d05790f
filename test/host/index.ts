export { Host, launchHost, type LaunchOptions } from './host';
export type { NodeHandle } from './node-handle';
export type { SetDataCall, SetDataSnapshot } from './set-data-meter';
