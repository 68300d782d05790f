import type { KickedDetail } from './nim-port';

/** An error as the older Web SDK gives it. */
export interface LegacyError {
  /** A code of the reasons table; 'kicked' when another client or the server ended the login. */
  code: number | 'kicked';
  message: string;
  /** Set for 'kicked'. */
  reason?: 'unknow' | 'samePlatformKick' | 'serverKick' | 'otherPlatformKick' | 'silentlyKick';
  /** Set for 'kicked': what kind of client did it. */
  from?: string;
  /** Set for 'kicked': its customClientType. */
  custom?: number;
}

export interface LegacyReconnect {
  /** Milliseconds until the next attempt. */
  duration: number;
  /** Attempts that have failed in a row, this one's number. */
  retryCount: number;
}

/** A notification of a kit's own server, sent down the IM link. */
export interface LegacyProxyMessage {
  from: string;
  /** Text, as a rule JSON. */
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
  /** The other side: the account, or the team. */
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

/** The events `im.on` knows under the names of the SDK's own emitter: the same, said another way. */
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

/** Names the older SDK has for kinds of clients (wire protocol 2.5, `from` of a kick). */
const CLIENT_NAMES: Readonly<Record<number, string>> = {
  1: 'Android',
  2: 'iOS',
  4: 'PC',
  8: 'WindowsPhone',
  16: 'Web',
  32: 'Server',
  64: 'Mac',
};

/** A kick, as `ondisconnect` hears of it. */
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
