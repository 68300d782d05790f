/** What the app runs on. Nothing in it tells one device of a model from another. */
export type HostInfo = Readonly<Record<string, string>>;

const DEVICE = ['brand', 'model', 'system', 'platform'] as const;
const APP = ['SDKVersion', 'version', 'language', 'fontSizeSetting'] as const;

/** WeChat's version, its base library and the phone's model; in a browser its user agent. */
export function hostInfo(): HostInfo {
  if (process.env.TARO_ENV === 'h5') {
    const { userAgent, language } = globalThis.navigator;
    return { platform: 'h5', userAgent, language };
  }
  // One old call instead of two new ones: base libraries before 2.20.1 have it alone.
  const system = wx.getSystemInfoSync();
  const entries = [...DEVICE, ...APP].map((name) => [name, String(system[name])]);
  const { envVersion } = wx.getAccountInfoSync().miniProgram;
  return { ...(Object.fromEntries(entries) as HostInfo), envVersion };
}
