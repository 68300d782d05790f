import type { MultiLoginPolicy } from './world/world-state';

/** Options of an emulator. All are optional. */
export interface EmulatorOptions {
  /** Port for http and ws; 0 (the default) takes a free port. */
  port?: number;
  /** Serves https and wss on a second, free port too; `lbsUrl` and `linkUrl` name that port. */
  tls?: boolean;
  /**
   * Serves https and wss on this address of the machine instead of loopback, for a phone in the same network;
   * implies `tls`. The http port and the control API stay on loopback. Anybody who reaches the address can sign in.
   */
  host?: string;
  /** Seed of the demo world and of random faults. */
  seed?: number;
  /** Directory that stores the world across restarts. */
  dataDir?: string;
  /** Clock of the server in ms. */
  now?: () => number;
  world?: 'demo' | 'empty';
  multiLogin?: MultiLoginPolicy;
  appkey?: string;
  appSecret?: string;
  /** Callback for third-party logins; default: the sample app server's. */
  thirdPartyCallbackUrl?: string;
  /**
   * Names of the emulator in its answers, for clients that reach the emulator through other names: `link` as
   * `host:port`, `upload` and `cdn` as origins. Default: the emulator's own address.
   */
  names?: { link?: string; upload?: string; cdn?: string };
  /** Delay of the echo bot's answer; default 400 ms. */
  echoDelayMs?: number;
  /** Receives log lines for humans; default: none. */
  print?: (line: string) => void;
}

export const DEFAULT_APPKEY = 'emulator-appkey';
export const DEFAULT_APP_SECRET = 'emulator-secret';
export const DEFAULT_SEED = 1;
export const DEFAULT_ECHO_DELAY_MS = 400;
