import { randomUUID } from 'node:crypto';
import { NOS_BUCKET } from '../server/nos';
import type { ImHandlers } from './im-command';

const TOKEN_TTL_SECONDS = 86_400;

/** Server time, upload tokens, download host, settings that only a push service would use. */
export const miscHandlers: ImHandlers = {
  '6_23': ({ world }) => [world.now()],

  '6_2': ({ items }) => {
    const responseBody = items.string(0);
    const objectName = randomUUID();
    // The token carries the body the client wants back from the upload host, as NOS tokens do.
    const token = Buffer.from(JSON.stringify({ responseBody })).toString('base64url');
    return [{ 1: objectName, 2: token, 3: NOS_BUCKET, 4: TOKEN_TTL_SECONDS }];
  },

  '6_26': ({ host }) => [{ 1: NOS_BUCKET, 2: host.cdnDomain, 3: TOKEN_TTL_SECONDS, 4: '' }],

  '6_27': () => [{ 0: JSON.stringify({ mixStoreEnable: false }), 1: String(TOKEN_TTL_SECONDS) }],

  '34_1': () => [],
  '34_2': () => [],
  '34_15': () => [],
};
