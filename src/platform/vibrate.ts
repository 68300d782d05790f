/** Vibrates once, long, if the device can. */
export function vibrate(): void {
  if (process.env.TARO_ENV === 'h5') globalThis.navigator.vibrate?.(400);
  // Refused on devices without a motor; there is no alternative.
  else wx.vibrateLong({ fail: () => undefined });
}
