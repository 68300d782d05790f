export { Host, launchHost, type LaunchOptions } from './host';
export type { ConsoleLine } from './app-console';
export type { NodeHandle } from './node-handle';
export type { NodeQuery } from './query';
export type { PageView } from './page-view';
export type { Rect } from './layout';
export type { SetDataCall, SetDataCount, SetDataSnapshot } from './set-data-meter';
export type { WaitOptions } from './waiting';
