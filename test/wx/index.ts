export { createWx, type WxHandle } from './create-wx';
export type { PackageFault, WxOptions } from './options';
export type { Measurement } from './selector-query';
