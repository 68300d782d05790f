import type { KickedDetail } from './nim-port';

/** An error in the shape of the older Web SDK. */
export interface LegacyError {
  /** A code of the reasons table; 'kicked' when another client or the server ended the login. */
  code: number | 'kicked';
  message: string;
  /** Set for 'kicked'. */
  reason?: 'unknow' | 'samePlatformKick' | 'serverKick' | 'otherPlatformKick' | 'silentlyKick';
  /** Set for 'kicked': the kind of client that kicked. */
  from?: string;
  /** Set for 'kicked': its customClientType. */
  custom?: number;
}

export interface LegacyReconnect {
  /** Milliseconds until the next attempt. */
  duration: number;
  /** Number of attempts that have failed in a row. */
  retryCount: number;
}

/** A notification that a kit's own server sends over the IM link. */
export interface LegacyProxyMessage {
  from: string;
  /** Text, usually JSON. */
  body: string;
  /** Milliseconds since 1970. */
  time: number;
}

export interface LegacyFile {
  name?: string;
  size?: number;
  ext?: string;
  md5?: string;
  url?: string;
  w?: number;
  h?: number;
  /** Milliseconds. */
  dur?: number;
}

export interface LegacyMessage {
  scene: 'p2p' | 'team' | 'superTeam';
  from: string;
  to: string;
  /** The account or the team at the other end. */
  target: string;
  /** `p2p-<account>`, `team-<id>`, `superTeam-<id>`. */
  sessionId: string;
  flow: 'in' | 'out';
  type: string;
  text: string;
  /** Milliseconds since 1970. */
  time: number;
  idClient: string;
  idServer: string;
  status: 'success';
  /** The server extension. */
  custom: string;
  /** A custom message's attachment, as it was sent. */
  content?: string;
  file?: LegacyFile;
  geo?: { lat: number; lng: number; title: string };
}

/**
 * The callbacks of the older Web SDK that a kit of the 3.12 generation adds to `options`
 * (docs/im-reuse.md): name to argument.
 */
export interface LegacyEvents {
  onwillreconnect: LegacyReconnect;
  ondisconnect: LegacyError;
  onerror: LegacyError;
  onmsgs: LegacyMessage[];
  onProxyMsg: LegacyProxyMessage;
}

export type LegacyCallbacks = {
  [K in keyof LegacyEvents]?: (argument: LegacyEvents[K]) => void;
};

/** The same events under the names of the SDK's own emitter, for `im.on`. */
export const EMITTED = {
  onwillreconnect: 'willReconnect',
  ondisconnect: 'disconnect',
  onerror: 'error',
  onmsgs: 'msgs',
  onProxyMsg: 'proxyMsg',
} as const satisfies Record<keyof LegacyEvents, string>;

const KICK_REASONS = [
  'unknow',
  'samePlatformKick',
  'serverKick',
  'otherPlatformKick',
  'silentlyKick',
] as const;

/** The older SDK's names of the kinds of clients (docs/yunxin-protocol.md, section 2.5, `from` of a kick). */
const CLIENT_NAMES: Readonly<Record<number, string>> = {
  1: 'Android',
  2: 'iOS',
  4: 'PC',
  8: 'WindowsPhone',
  16: 'Web',
  32: 'Server',
  64: 'Mac',
};

/** Converts a kick to the argument of `ondisconnect`. */
export function legacyKick({
  reason,
  reasonDesc,
  clientType,
  customClientType,
}: KickedDetail): LegacyError {
  return {
    code: 'kicked',
    message: reasonDesc,
    reason: KICK_REASONS[reason] ?? 'unknow',
    from: CLIENT_NAMES[clientType] ?? '',
    custom: customClientType,
  };
}
