import type { AdapterRequest } from './lbs-guard';
import { adapters, setAdapters } from './nim-sdk';

/** The SDK's handler of network changes; it is also the way to make it reconnect or drop its link. */
export type NetworkHandler = (status: { isConnected: boolean; networkType: number }) => void;

export interface AdapterHooks {
  /** Runs the SDK's `new WebSocket` so that the socket gate knows whose socket it is. */
  openSocket: <T>(open: () => T) => T;
  wrapRequest: (request: AdapterRequest) => AdapterRequest;
  /** Called whenever the SDK (re)registers its handler. */
  onNetworkHandler: (handler: NetworkHandler) => void;
}

interface WebSocketConstructor {
  new (url: string, protocols?: string): object;
}

/**
 * Points the SDK's module-wide adapters at one instance's hooks. Called before each `getInstance`:
 * `setAdapters` merges into a module-global table and may be called again.
 *
 * The network adapter reports nothing by itself. The SDK would reconnect at once on every "online",
 * four flaps being four live sockets (wire protocol 6.2); ImConnection decides instead, and uses the
 * handler kept here. `offNetworkStatusChange` does not drop it: the SDK unregisters on every refused
 * reconnect and never registers again until the next success.
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
