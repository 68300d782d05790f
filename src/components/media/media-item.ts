import { isRemote, type MediaUrls } from '@/sdk/media-urls';
import { contentOf } from '@/stores';
import { type MessageContent, readMessage } from '@/stores/messages/kinds';
import { coverOf, thumbOf } from './picture-box';
import { posterOf } from './posters';

/** Pixels of the longer side of a picture on the full screen; the original is loaded on demand. */
const SCREEN_PIXELS = 1600;
/** A picture below this is loaded itself, bytes. */
const SMALL_BYTES = 500 * 1024;

/** A message with a picture or a video; those of both SDKs have these fields. */
export interface MediaMessage {
  readonly messageClientId: string;
  readonly messageServerId?: string;
  readonly createTime: number;
  readonly isSelf: boolean;
  readonly messageType: number;
  readonly attachment?: unknown;
}

/** A picture or a video on the full screen. */
export interface MediaItem {
  readonly id: string;
  readonly kind: 'image' | 'video';
  /** The file itself. */
  readonly url: string;
  /** The picture for the screen, smaller than the file where the file is large; of a video, its poster. */
  readonly screenUrl: string;
  /** The picture of the list, which is loaded already. */
  readonly thumbUrl: string;
  /** Pixels; 0 when unknown. */
  readonly width: number;
  readonly height: number;
  /** Bytes; 0 when unknown. */
  readonly size: number;
  readonly message: MediaMessage;
}

/** Null for another kind, and for another user's message that names a file of this device. */
export function mediaItem(message: MediaMessage, urls: MediaUrls | undefined): MediaItem | null {
  const read: MessageContent = readMessage(message);
  const image = contentOf(read, 'image');
  const file = image ?? contentOf(read, 'video');
  if (!file || !(message.isSelf ? file.url : isRemote(file.url))) return null;
  const { url, width, height, size } = file;
  const thumbUrl = image ? thumbOf(file, urls) : posterOf(url) || coverOf(file, urls);
  return {
    id: message.messageClientId,
    kind: image ? 'image' : 'video',
    url,
    screenUrl: image ? screenUrl(file, thumbUrl, urls) : thumbUrl,
    thumbUrl,
    width,
    height,
    size,
    message,
  };
}

/** A GIF, a small file and a file of this device have no thumbnail in the list, or need none. */
function screenUrl(
  file: { url: string; width: number; height: number; size: number },
  thumbUrl: string,
  urls: MediaUrls | undefined,
): string {
  const { url, width, height, size } = file;
  const isLarge = size > SMALL_BYTES && Math.max(width, height) > SCREEN_PIXELS;
  if (!urls || thumbUrl === url || !isLarge) return url;
  // A long screenshot is read in its width: only the shorter side is limited.
  const isLong = height > width * 3;
  const most = isLong
    ? { width: SCREEN_PIXELS, height: 0 }
    : { width: SCREEN_PIXELS, height: SCREEN_PIXELS };
  return urls.imageThumb(url, most);
}
