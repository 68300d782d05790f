import { randomUUID } from 'node:crypto';
import type { CommandResult } from '../link/link-service';
import type { RequestItems } from '../protocol/request-items';
import { numberOf } from '../protocol/request-items';
import { writeToken } from '../server/nos';
import { NOS_BUCKET } from '../server/object-store';

const TOKEN_TTL_SECONDS = 86_400;

/** Life of the object in seconds, from the scene of the upload; 0 or absent = without an end. */
const NOS_SURVIVAL_TAG = 7;

export interface StorageHost {
  /** `host:port` of downloads. */
  cdnDomain: string;
}

/** Parameters of a storage command, on IM and chatroom links. */
export interface StorageCall {
  items: RequestItems;
  host: StorageHost;
}

/** Commands for upload tokens, short URLs and the download host, on IM and chatroom links. */
export const storageHandlers: Record<string, (call: StorageCall) => CommandResult> = {
  '6_2': ({ items }) => {
    const responseBody = items.string(0);
    const objectName = randomUUID();
    const survivalSeconds = numberOf(items.property(1)[NOS_SURVIVAL_TAG]);
    const token = writeToken({ responseBody, survivalSeconds });
    return [{ 1: objectName, 2: token, 3: NOS_BUCKET, 4: TOKEN_TTL_SECONDS }];
  },

  // The emulator has no short URLs; the answer is the original URL.
  '6_22': ({ items }) => [{ 0: items.property(0)[0], 1: items.property(0)[0] }],

  '6_26': ({ host }) => [{ 1: NOS_BUCKET, 2: host.cdnDomain, 3: TOKEN_TTL_SECONDS, 4: '' }],

  '6_27': () => [{ 0: JSON.stringify({ mixStoreEnable: false }), 1: String(TOKEN_TTL_SECONDS) }],
};
