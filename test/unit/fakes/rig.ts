import { ConnectionManager, type ConnectionManagerDependencies, Journal } from '@/connection';
import type { RuntimeEnv } from '@/env';
import { Listeners, type NetworkStatus, type Platform } from '@/platform';
import { fakeFiles } from './fake-files';
import { FakeClock } from './fake-clock';
import { FakeNim, FakeServer } from './fake-nim';
import { type FakeSocketOptions, gatedSockets } from './fake-sockets';
import { memoryStorage } from './memory-storage';

export const TEST_ENV: RuntimeEnv = {
  appkey: 'appkey',
  lbsUrl: 'https://lbs.example/lbs',
  linkUrl: 'link.example',
  linkSSL: true,
  legalHosts: {
    request: ['lbs.example', 'link.example'],
    socket: ['link.example'],
    uploadFile: [],
    downloadFile: [],
  },
  appServer: 'https://app.example',
  uploadUrl: '',
  statistics: false,
  development: false,
};

export interface RigOptions {
  sockets?: FakeSocketOptions;
  options?: ConnectionManagerDependencies['options'];
  /** Uniform random numbers; 0.5 by default. */
  random?: () => number;
  /** The services of each SDK instance. */
  services?: object;
}

/** Gate, state machine and manager on a fake clock, fake sockets and a fake SDK. */
export function createRig({
  sockets,
  options,
  random = () => 0.5,
  services = {},
}: RigOptions = {}) {
  const clock = new FakeClock();
  const { host, gate, connect } = gatedSockets(clock, sockets);
  const server = new FakeServer();
  const networkChanges = new Listeners<[NetworkStatus]>();
  const hide = new Listeners<[]>();
  const show = new Listeners<[]>();
  let network: NetworkStatus = { isConnected: true, networkType: 'wifi' };
  const platform: Platform = {
    name: 'weapp',
    clock,
    random,
    storage: memoryStorage(),
    network: { current: () => network, onChange: (handler) => networkChanges.add(handler) },
    lifecycle: { onHide: (handler) => hide.add(handler), onShow: (handler) => show.add(handler) },
    updates: { onReady: () => () => undefined, restart: () => undefined },
    files: fakeFiles(),
    loginCode: () => Promise.resolve('code'),
    request: () => Promise.resolve({ status: 200, body: {} }),
    language: () => 'zh_CN',
  };
  const journal = new Journal(clock);
  const nims: FakeNim[] = [];
  const manager = new ConnectionManager({
    env: TEST_ENV,
    platform,
    gate,
    journal,
    createNim: (deps) => {
      const nim = new FakeNim(deps, host, server, clock);
      Object.assign(nim.services, services);
      nims.push(nim);
      return nim;
    },
    ...(options ? { options } : {}),
  });
  const states: string[] = [manager.state.name];
  manager.on('state', ({ to }) => states.push(to.name));
  return {
    clock,
    host,
    gate,
    connect,
    server,
    platform,
    journal,
    manager,
    nims,
    states,
    nim: () => {
      const nim = nims[nims.length - 1];
      if (!nim) throw new Error('no SDK instance yet');
      return nim;
    },
    setNetwork: (isConnected: boolean) => {
      network = { isConnected, networkType: isConnected ? 'wifi' : 'none' };
      networkChanges.emit(network);
    },
    hide: () => hide.emit(),
    show: () => show.emit(),
  };
}

export type Rig = ReturnType<typeof createRig>;

export const as = (accountId: string) =>
  ({ accountId, authType: 'static', token: `token-of-${accountId}` }) as const;

/** State of a promise, readable at any moment. */
export function fate<T>(promise: Promise<T>) {
  const result: { status: 'pending' | 'resolved' | 'rejected'; value?: T; code?: number } = {
    status: 'pending',
  };
  promise.then(
    (value) => {
      result.status = 'resolved';
      result.value = value;
    },
    (error: { code?: number }) => {
      result.status = 'rejected';
      if (error.code !== undefined) result.code = error.code;
    },
  );
  return result;
}
