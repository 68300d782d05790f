import type { MultiLoginPolicy } from './world/world-state';

/** How to start an emulator. Everything has a default. */
export interface EmulatorOptions {
  /** Plain port; 0 (the default) takes a free one. */
  port?: number;
  /** Also serve https/wss on a second, free port, and name that one in `lbsUrl` and `linkUrl`. */
  tls?: boolean;
  /**
   * Serve https/wss on this address of the machine instead of loopback, for a phone in the same network; implies
   * `tls`. The plain port and the control API stay on loopback. Anybody who reaches the address can sign in.
   */
  host?: string;
  /** Seed of the demo world and of random faults. */
  seed?: number;
  /** Keep the world in this directory. */
  dataDir?: string;
  /** The server's clock, ms. */
  now?: () => number;
  world?: 'demo' | 'empty';
  multiLogin?: MultiLoginPolicy;
  appkey?: string;
  appSecret?: string;
  /** Instead of the sample app server's callback. */
  thirdPartyCallbackUrl?: string;
  /**
   * What the emulator calls itself in its answers, where a client reaches it through names of its own:
   * `link` as `host:port`, `upload` and `cdn` as origins. What is left out is its real address.
   */
  names?: { link?: string; upload?: string; cdn?: string };
  /** How long the echo bot thinks; default 400 ms. */
  echoDelayMs?: number;
  /** Where lines for a human go; default nowhere. */
  print?: (line: string) => void;
}

export const DEFAULT_APPKEY = 'emulator-appkey';
export const DEFAULT_APP_SECRET = 'emulator-secret';
export const DEFAULT_SEED = 1;
export const DEFAULT_ECHO_DELAY_MS = 400;
