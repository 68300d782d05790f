import { buildEnv, type RawEnv, type RuntimeEnv } from '@/env';
import { createPlatform, type Platform, type StorageFailure } from '@/platform';
import { LazyNim, sdkFile, type SdkFile } from '@/sdk';
import { ConnectionManager, type ConnectionManagerDependencies } from './connection-manager';
import { Journal } from './journal';
import { type GateEvent, SocketGate } from './socket-gate';
import { installWebSocketGate } from './web-socket-gate';
import { installWxSocketGate, type WxSocketHost } from './wx-socket-gate';

/** The objects that the whole app shares; the stores receive them at the start. */
export interface Core {
  env: RuntimeEnv;
  platform: Platform;
  gate: SocketGate;
  journal: Journal;
  manager: ConnectionManager;
  sdkFile: SdkFile;
}

/** The parts that outlive an end of the app inside of a host mini-program: a second gate would count wrong. */
export type Lasting = Pick<Core, 'platform' | 'gate' | 'journal'>;

/**
 * Installs the socket gate, then builds the manager. Called once, before everything else in app.tsx, so that
 * every later socket, also of a third-party kit, passes through the gate.
 * @param painted resolves when the first screen is shown; the SDK is evaluated after that, not before.
 * @throws ConfigurationError when the build's configuration is wrong.
 */
export function boot(
  options: ConnectionManagerDependencies['options'] = {},
  painted: Promise<void> = Promise.resolve(),
): Core {
  return assemble(buildEnv(), install(), options, painted);
}

/** The same in another mini-program. `given`: the host's configuration; `lasting`: the parts of an earlier start. */
export function bootInHost(given: RawEnv, lasting?: Lasting): Core {
  return assemble(buildEnv(given), lasting ?? install(), {}, Promise.resolve());
}

function install(): Lasting {
  const platform = createPlatform();
  const gate = new SocketGate(platform.clock);
  const journal = new Journal(platform.clock);
  platform.storage.onFailure((failure) => journal.record('storage', describeFailure(failure)));
  if (process.env.TARO_ENV === 'h5') installWebSocketGate(globalThis, gate);
  else installWxSocketGate(wx as unknown as WxSocketHost, gate);
  gate.on((event) => journal.record('socket', describeGateEvent(event)));
  return { platform, gate, journal };
}

function assemble(
  env: RuntimeEnv,
  { platform, gate, journal }: Lasting,
  options: ConnectionManagerDependencies['options'],
  painted: Promise<void>,
): Core {
  const manager = new ConnectionManager({
    env,
    platform,
    gate,
    journal,
    createNim: (dependencies) => new LazyNim(dependencies, painted),
    ...(options ? { options } : {}),
  });
  return { env, platform, gate, journal, manager, sdkFile };
}

/** The failure in words, without the account at the end of some storage keys. */
function describeFailure({ operation, key, errMsg }: StorageFailure): string {
  return `${operation} ${key.split('.').slice(0, 2).join('.')}: ${errMsg}`;
}

function describeGateEvent({ kind, ticket, counts, errMsg, code, reason }: GateEvent): string {
  const why = errMsg ?? [code, reason].filter((each) => each !== undefined).join(' ');
  return `${kind} ${ticket.owner} ${ticket.host} (${counts.live} live, ${counts.held} held) ${why}`.trim();
}
