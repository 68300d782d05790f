import type { AppSessions } from './app-server/app-sessions';
import type { MentionAlerts } from './app-server/mention-alerts';
import type { ReportRecord } from './app-server/app-server-options';
import type { Chatrooms } from './chatroom/chatrooms';
import type { Clients } from './clients';
import type { Faults } from './faults/faults';
import type { EmulatorLog } from './link/emulator-log';
import type { ObjectStore } from './server/object-store';
import type { TeamAdmin } from './world/team-admin';
import type { World } from './world/world';

/** An account to sign in with. */
export interface DemoAccount {
  accountId: string;
  token: string;
  name: string;
}

/** A running emulator. */
export interface Emulator {
  /** HTTP origin of all routes. */
  readonly url: string;
  /** HTTPS origin; undefined without TLS. */
  readonly secureUrl: string | undefined;
  /** Self-signed certificate (PEM) that clients of `secureUrl` must trust. */
  readonly certificate: string | undefined;
  readonly lbsUrl: string;
  /** `host:port`. */
  readonly linkUrl: string;
  readonly linkSSL: boolean;
  readonly appServer: string;
  readonly control: string;
  readonly appkey: string;
  readonly appSecret: string;
  /** Answer of the sample app server to `GET /config`; can be set at any time. */
  remoteConfig: unknown;
  /** Sessions of the sample app server. */
  readonly appSessions: AppSessions;
  /** Reports of messages and people that the sample app server got. */
  readonly reports: ReportRecord[];
  /** Consents to subscribe messages, and the messages that were sent. */
  readonly mentionAlerts: MentionAlerts;
  /** All current accounts, in the order of creation. */
  readonly accounts: readonly DemoAccount[];
  readonly world: World;
  readonly faults: Faults;
  readonly clients: Clients;
  /** Commands for chatrooms, modelled on Yunxin's server API. */
  readonly rooms: Chatrooms;
  /** Commands for teams and super teams, modelled on Yunxin's server API. */
  readonly teams: TeamAdmin;
  /** Objects and requests of the upload host. */
  readonly storage: ObjectStore;
  readonly log: EmulatorLog;
  /** Commands that clients have sent and the emulator does not implement, as `sid_cid`. */
  readonly unimplemented: readonly string[];
  /** Cuts every link, writes the world to `dataDir` if given, and resolves when the ports are free. */
  close(): Promise<void>;
}
