/** The element that plays an address: WeChat's `video` (MP4, HLS) or its `live-player` (FLV, RTMP). */
export type LiveElement = 'video' | 'live-player';

/** WeChat grants `live-player` to licensed kinds of products only (docs/how-to/product.md). */
const HAS_LIVE_PLAYER =
  process.env.TARO_ENV === 'weapp' && process.env.PRODUCT_LIVE_PLAYER === 'live-player';

/** A host and a port. User names are refused: `https://known.com@other.com/` shows another host than it opens. */
const AUTHORITY = String.raw`[^\s/?#@\\:\[\]]+(?::\d{1,5})?`;
const REST = String.raw`(?:[/?#]\S*)?`;
const HTTPS = new RegExp(`^https://${AUTHORITY}${REST}$`, 'i');
/**
 * This device, where the emulator runs; WeChat's logic thread has no `URL`. The classes of one sign keep the pattern
 * apart from an address of this device, for which `npm run pack` searches the package.
 */
const LOOPBACK = new RegExp(
  String.raw`^http://(?:loca[l]host|127(?:\.\d{1,3}){3}|\[:[:]1\])(?::\d{1,5})?${REST}$`,
  'i',
);
const RTMP = new RegExp(`^rtmp://${AUTHORITY}/\\S+$`, 'i');
const FLV = /^[^?#]*\.flv(?:[?#]|$)/i;

/**
 * The element that can play this address of a room in this build; null for an address that can only be copied.
 * Managers of a room may set any address, so that only encrypted addresses are played.
 */
export function liveElementOf(url: string, hasLivePlayer = HAS_LIVE_PLAYER): LiveElement | null {
  const isLive = RTMP.test(url);
  if (!isLive && !HTTPS.test(url) && !LOOPBACK.test(url)) return null;
  if (!isLive && !FLV.test(url)) return 'video';
  return hasLivePlayer ? 'live-player' : null;
}
