import type { MediaItem } from './media-item';
import type { MediaSource } from './media-source';

/** What the full-screen pages show. A page has an address only, which cannot carry a conversation. */
interface MediaRequests {
  viewer: { readonly source: MediaSource; readonly id: string } | null;
  video: MediaItem | null;
}

/** Set by the page that opens a full-screen page. Empty after a reload in a browser. */
export const mediaRequests: MediaRequests = { viewer: null, video: null };
