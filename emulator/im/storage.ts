import { randomUUID } from 'node:crypto';
import type { CommandResult } from '../link/link-service';
import type { RequestItems } from '../protocol/request-items';
import { NOS_BUCKET } from '../server/nos';

const TOKEN_TTL_SECONDS = 86_400;

export interface StorageHost {
  /** `host:port` that downloads are made from. */
  cdnDomain: string;
}

/** What a storage command needs; IM and chatroom links both have it. */
export interface StorageCall {
  items: RequestItems;
  host: StorageHost;
}

/** Upload tokens, short URLs, the download host: the same over IM and chatroom links. */
export const storageHandlers: Record<string, (call: StorageCall) => CommandResult> = {
  '6_2': ({ items }) => {
    const responseBody = items.string(0);
    const objectName = randomUUID();
    // The token carries the body the client wants back from the upload host, as NOS tokens do.
    const token = Buffer.from(JSON.stringify({ responseBody })).toString('base64url');
    return [{ 1: objectName, 2: token, 3: NOS_BUCKET, 4: TOKEN_TTL_SECONDS }];
  },

  // There are no short URLs here: each one is its own original.
  '6_22': ({ items }) => [{ 0: items.property(0)[0], 1: items.property(0)[0] }],

  '6_26': ({ host }) => [{ 1: NOS_BUCKET, 2: host.cdnDomain, 3: TOKEN_TTL_SECONDS, 4: '' }],

  '6_27': () => [{ 0: JSON.stringify({ mixStoreEnable: false }), 1: String(TOKEN_TTL_SECONDS) }],
};
