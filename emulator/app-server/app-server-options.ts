import type { Chatrooms } from '../chatroom/chatrooms';
import type { World } from '../world/world';
import type { AppSessions } from './app-sessions';
import type { MentionAlerts } from './mention-alerts';

/** The fields of a reported message that the sample keeps. */
export interface ReportedMessage {
  conversationId: string;
  messageServerId: string;
  text: string;
}

export interface ReportRecord {
  /** The account that reports, by its session. */
  by: string;
  accountId: string;
  reason: string;
  time: number;
  message?: ReportedMessage;
}

/** Parts of the emulator that the sample app server uses. */
export interface AppServerOptions {
  world: World;
  rooms: Chatrooms;
  sessions: AppSessions;
  /** The reports that arrived, the oldest first. */
  reports: ReportRecord[];
  mentionAlerts: MentionAlerts;
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
