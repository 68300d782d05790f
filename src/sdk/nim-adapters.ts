import type { AdapterRequest } from './lbs-guard';
import { adapters, setAdapters } from './nim-sdk';

/** The SDK's handler of network changes; calling it makes the SDK reconnect or drop its link. */
export type NetworkHandler = (status: { isConnected: boolean; networkType: number }) => void;

export interface AdapterHooks {
  /** Runs the SDK's `new WebSocket` so that the socket gate knows the owner of the socket. */
  openSocket: <T>(open: () => T) => T;
  wrapRequest: (request: AdapterRequest) => AdapterRequest;
  /** Called whenever the SDK (re)registers its handler. */
  onNetworkHandler: (handler: NetworkHandler) => void;
}

interface WebSocketConstructor {
  new (url: string, protocols?: string): object;
}

/**
 * Sets the SDK's module-global adapters to the hooks of one instance. Called before each `getInstance`:
 * `setAdapters` merges into a module-global table and may be called again.
 *
 * The network adapter reports no changes by itself. The SDK would reconnect at once on every "online", and four
 * changes would make four live sockets (docs/yunxin-protocol.md, section 6.2); ImConnection decides instead and
 * calls the SDK's handler. `offNetworkStatusChange` keeps the handler: the SDK unregisters it on every refused
 * reconnect and registers it again only after the next success.
 */
export function installAdapters(hooks: AdapterHooks): void {
  const base = adapters();
  const Socket = base.WebSocket as unknown as WebSocketConstructor;
  const request = base.request as unknown as AdapterRequest;
  const GatedSocket = function gatedSocket(url: string, protocols?: string) {
    return hooks.openSocket(() => new Socket(url, protocols));
  } as unknown as WebSocketConstructor;
  setAdapters(() => ({
    ...base,
    WebSocket: GatedSocket as never,
    request: hooks.wrapRequest(request) as never,
    net: {
      getNetworkStatus: base.net?.getNetworkStatus as never,
      onNetworkStatusChange: hooks.onNetworkHandler as never,
      offNetworkStatusChange: () => undefined,
    },
  }));
}
