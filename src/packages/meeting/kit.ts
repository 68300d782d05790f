/**
 * The product's own file: plug your meeting kit in here (docs/im-reuse.md). The kits are not on npm; copy the
 * file you have a licence for into this folder and add, for example:
 *
 *   import NERoom from './vendor/neroom-wx-sdk.cjs';
 *   import { plugInMeetingKit } from './kits';
 *   import { neRoom } from './neroom';
 *
 *   plugInMeetingKit(neRoom(NERoom));
 */
export {};
