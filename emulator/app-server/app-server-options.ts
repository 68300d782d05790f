import type { Chatrooms } from '../chatroom/chatrooms';
import type { World } from '../world/world';
import type { AppSessions } from './app-sessions';

/** Parts of the emulator that the sample app server uses. */
export interface AppServerOptions {
  world: World;
  rooms: Chatrooms;
  sessions: AppSessions;
  appkey: string;
  appSecret: string;
  now: () => number;
  /** Link address for chatrooms. */
  linkAddress: () => string;
  origin: () => string;
  /** HTTP origin of the meeting kits' server. */
  roomServer: () => string;
  /** Body of the answer to `GET /config`. */
  remoteConfig: () => unknown;
}
