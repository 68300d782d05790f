/** One long vibration, where the device can. */
export function vibrate(): void {
  if (process.env.TARO_ENV === 'h5') globalThis.navigator.vibrate?.(400);
  // Refused on devices without a motor: nothing to do about it.
  else wx.vibrateLong({ fail: () => undefined });
}
