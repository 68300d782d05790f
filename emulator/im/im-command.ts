import type { CommandResult } from '../link/link-service';
import type { RequestItems } from '../protocol/request-items';
import type { World } from '../world/world';
import type { ImSession, ImSessions } from './sessions';

/** One command of a client that is signed in. */
export interface ImCall {
  session: ImSession;
  accountId: string;
  items: RequestItems;
  world: World;
  sessions: ImSessions;
  /** Where the emulator is reached, for URLs in answers. */
  host: HostAddresses;
}

export interface HostAddresses {
  /** `host:port` of the link this client should use. */
  linkAddress: string;
  /** `host:port` that downloads are made from. */
  cdnDomain: string;
  /** Origin of the server that pass-through requests go to. */
  upstream: string;
}

/** Answers one command: the reply's items, undefined for none; throws Refusal for a code. */
export type ImHandler = (call: ImCall) => CommandResult | Promise<CommandResult>;

/** Handlers by `sid_cid`. */
export type ImHandlers = Record<string, ImHandler>;
