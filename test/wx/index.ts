export { createWx, type WxHandle } from './create-wx';
export type { WxOptions } from './options';
export type { Measurement } from './selector-query';
