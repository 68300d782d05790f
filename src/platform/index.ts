import type { Platform } from './types';
import { createWebPlatform } from './web-platform';
import { createWxPlatform } from './wx-platform';

export { systemClock } from './clock';
export { DeviceStorage } from './device-storage';
export { foreignCall, type ForeignCallBounds } from './foreign-call';
export { Listeners, rethrowLater } from './listeners';
export * from './types';
export { vibrate } from './vibrate';
export { type WxFailure, wxFailureOf, wxSilence } from './wx-failure';

/** The platform of this build. `TARO_ENV` is a build constant: the bundler removes the other branch. */
export function createPlatform(): Platform {
  return process.env.TARO_ENV === 'h5' ? createWebPlatform() : createWxPlatform();
}
