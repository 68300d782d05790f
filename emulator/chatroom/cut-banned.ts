import type { World } from '../world/world';
import type { RoomSessions } from './room-sessions';

/**
 * Cuts the room links of an account that may sign in no longer. No kick reason says so; the SDK comes
 * back by itself, is refused with the account's code, and gives that as the reason it has left.
 */
export function cutBanned(world: World, sessions: RoomSessions): () => void {
  return world.events.on('loginRefusal', ({ accountId }) => {
    for (const { link } of sessions.everywhere(accountId)) link?.close();
  });
}
