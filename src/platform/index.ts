import type { Platform } from './types';
import { createWebPlatform } from './web-platform';
import { createWxPlatform } from './wx-platform';

export { systemClock } from './clock';
export { DeviceStorage, type StorageHost } from './device-storage';
export { foreignCall, type ForeignCallBounds } from './foreign-call';
export { Listeners } from './listeners';
export * from './types';
export { vibrate } from './vibrate';
export { type WxFailure, type WxFailureKind, wxFailureOf, wxSilence } from './wx-failure';

/** The platform of this build. `TARO_ENV` is a build constant: the other branch is cut away. */
export function createPlatform(): Platform {
  return process.env.TARO_ENV === 'h5' ? createWebPlatform() : createWxPlatform();
}
