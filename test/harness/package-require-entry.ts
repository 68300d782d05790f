import * as nim from '@/sdk/nim';

/** Stands for WeChat's `require`: the only file that the bundle loads from a sub-package is the SDK. */
export const __non_webpack_require__ = { async: () => Promise.resolve(nim) };
