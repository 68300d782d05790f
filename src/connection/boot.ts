import { buildEnv, type RuntimeEnv } from '@/env';
import { createPlatform, type Platform, type StorageFailure } from '@/platform';
import { LazyNim } from '@/sdk';
import { ConnectionManager, type ConnectionManagerDependencies } from './connection-manager';
import { Journal } from './journal';
import { type GateEvent, SocketGate } from './socket-gate';
import { installWebSocketGate } from './web-socket-gate';
import { installWxSocketGate, type WxSocketHost } from './wx-socket-gate';

/** What the app is built on; stores take it from here. */
export interface Core {
  env: RuntimeEnv;
  platform: Platform;
  gate: SocketGate;
  journal: Journal;
  manager: ConnectionManager;
}

/**
 * Puts the gate in front of every socket, then builds the manager. Called once, first thing in app.tsx:
 * whatever opens a socket afterwards, kits of third parties included, passes through the gate.
 * @param painted resolves when the first screen is shown; the SDK is evaluated after that, not before.
 * @throws ConfigurationError when the build's configuration is wrong.
 */
export function boot(
  options: ConnectionManagerDependencies['options'] = {},
  painted: Promise<void> = Promise.resolve(),
): Core {
  const env = buildEnv();
  const platform = createPlatform();
  const gate = new SocketGate(platform.clock);
  const journal = new Journal(platform.clock);
  platform.storage.onFailure((failure) => journal.record('storage', describeFailure(failure)));
  if (process.env.TARO_ENV === 'h5') installWebSocketGate(globalThis, gate);
  else installWxSocketGate(wx as unknown as WxSocketHost, gate);
  gate.on((event) => journal.record('socket', describeGateEvent(event)));
  const manager = new ConnectionManager({
    env,
    platform,
    gate,
    journal,
    createNim: (dependencies) => new LazyNim(dependencies, painted),
    options,
  });
  return { env, platform, gate, journal, manager };
}

/** The key without the account that some of the app's keys end with. */
function describeFailure({ operation, key, errMsg }: StorageFailure): string {
  return `${operation} ${key.split('.').slice(0, 2).join('.')}: ${errMsg}`;
}

function describeGateEvent({ kind, ticket, counts, errMsg, code, reason }: GateEvent): string {
  const why = errMsg ?? (code === undefined ? '' : `${code} ${reason ?? ''}`);
  return `${kind} ${ticket.owner} ${ticket.host} (${counts.live} live, ${counts.held} held) ${why}`.trim();
}
