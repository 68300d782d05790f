import type { CommandResult } from '../link/link-service';
import type { RequestItems } from '../protocol/request-items';
import type { World } from '../world/world';
import type { ImSession, ImSessions } from './sessions';

/** A command of a signed-in client. */
export interface ImCall {
  session: ImSession;
  accountId: string;
  items: RequestItems;
  world: World;
  sessions: ImSessions;
  /** Addresses of the emulator, for URLs in answers. */
  host: HostAddresses;
}

export interface HostAddresses {
  /** `host:port` of the link for this client. */
  linkAddress: string;
  /** `host:port` of downloads. */
  cdnDomain: string;
  /** Origin of the server for pass-through requests. */
  upstream: string;
}

/** Handles a command. Returns the items of the reply or undefined for no reply; throws a Refusal for a code. */
export type ImHandler = (call: ImCall) => CommandResult | Promise<CommandResult>;

/** Handlers by `sid_cid`. */
export type ImHandlers = Record<string, ImHandler>;
