/** Posters that are kept; the videos of one choice are at most nine. */
const MOST_POSTERS = 30;

/** The posters of videos that were chosen on this device, by the address that the own row shows for the video. */
const posters = new Map<string, string>();

/** Keeps the poster of a chosen video: before the upload the file server has none. */
export function keepPoster(video: string, poster: string): void {
  posters.set(video, poster);
  for (const oldest of posters.keys()) {
    if (posters.size <= MOST_POSTERS) return;
    posters.delete(oldest);
  }
}

/** The poster of a video of this device; empty when there is none. */
export function posterOf(video: string): string {
  return posters.get(video) ?? '';
}
