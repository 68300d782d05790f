/** The addresses of an emulator that a build must know. */
export interface EmulatorAddresses {
  appkey: string;
  lbsUrl: string;
  linkUrl: string;
  appServer: string;
}

/** An emulator's addresses as `TARO_APP_*` values; all other values come from the committed .env. */
export function emulatorEnv(
  { appkey, lbsUrl, linkUrl, appServer }: EmulatorAddresses,
  target: 'weapp' | 'h5' = 'weapp',
): Record<string, string> {
  // The SDKs' browser builds upload in chunks, to a host of their own.
  const upload = target === 'h5' ? 'nos-chunk' : 'nos';
  return {
    TARO_APP_APPKEY: appkey,
    TARO_APP_LBS_URL: lbsUrl,
    TARO_APP_LINK_URL: linkUrl,
    TARO_APP_APP_SERVER: appServer,
    TARO_APP_UPLOAD_URL: `${new URL(lbsUrl).origin}/${upload}`,
  };
}
