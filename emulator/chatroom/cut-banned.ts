import type { World } from '../world/world';
import type { RoomSessions } from './room-sessions';

/**
 * Closes the room links of an account whose logins are refused from now on. No kick reason exists for this
 * case: the SDK reconnects, is refused with the account's code, and reports that code as the exit reason.
 */
export function cutBanned(world: World, sessions: RoomSessions): () => void {
  return world.events.on('loginRefusal', ({ accountId }) => {
    for (const { link } of sessions.ofAccountInAllRooms(accountId)) link?.close();
  });
}
