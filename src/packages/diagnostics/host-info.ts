/** The host that the app runs on. No field distinguishes two devices of the same model. */
export type HostInfo = Readonly<Record<string, string>>;

const DEVICE = ['brand', 'model', 'system', 'platform'] as const;
const APP = ['SDKVersion', 'version', 'language', 'fontSizeSetting'] as const;

/** WeChat's version, its base library and the phone's model; in a browser its user agent. */
export function hostInfo(): HostInfo {
  if (process.env.TARO_ENV === 'h5') {
    const { userAgent, language } = globalThis.navigator;
    return { platform: 'h5', userAgent, language };
  }
  // The old function does the work of two newer functions, which base libraries before 2.20.1 lack.
  const system = wx.getSystemInfoSync();
  const entries = [...DEVICE, ...APP].map((name) => [name, String(system[name])]);
  const { envVersion } = wx.getAccountInfoSync().miniProgram;
  return { ...(Object.fromEntries(entries) as HostInfo), envVersion };
}
