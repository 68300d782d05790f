/** Pixels; 0 leaves a side free. */
export interface MediaSize {
  readonly width: number;
  readonly height: number;
}

/** Addresses of small pictures that the file server makes from a picture or a video. */
export interface MediaUrls {
  /** The picture scaled to fit into the size. */
  imageThumb(url: string, size: MediaSize): string;
  /** The first frame of the video, scaled to fit into the size. */
  videoCover(url: string, size: MediaSize): string;
}

/** The part of the SDK that `getImageThumbUrl` and `getVideoCoverUrl` end in. */
interface CloudStorage {
  getThumbUrl(url: string, size: MediaSize): string;
  getVideoCoverUrl(url: string, size: MediaSize): string;
}

/**
 * The SDK's helpers for thumbnails, without a promise. `V2NIMStorageService.getImageThumbUrl` has one because it asks
 * the server for the long form of a short link; a row that waited for the promise would be sent to the view twice. A
 * short link (`_im_url=1`) keeps its own address: the server redirects from it, and the picture is not scaled.
 * @param service gives a service of the IM or of the chatroom SDK, for example the message creator; each has the SDK
 * as `core`. It may throw when there is no SDK instance: the address stays as it is.
 */
export function mediaUrls(service: () => object): MediaUrls {
  const make = (method: keyof CloudStorage, url: string, size: MediaSize): string => {
    if (!isRemote(url) || url.includes('_im_url=1')) return url;
    try {
      const { core } = service() as { core?: { cloudStorage?: CloudStorage } };
      return core?.cloudStorage?.[method](url, size) ?? url;
    } catch {
      return url;
    }
  };
  return {
    imageThumb: (url, size) => make('getThumbUrl', url, size),
    videoCover: (url, size) => make('getVideoCoverUrl', url, size),
  };
}

/** Whether an address is on a server; before the upload it is the path of a file on the device. */
export function isRemote(url: string): boolean {
  return /^https?:\/\//.test(url) && !/^https?:\/\/(tmp|usr|store)\//.test(url);
}
