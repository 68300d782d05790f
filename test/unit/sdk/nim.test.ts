import type { RuntimeEnv } from '@/env';
import type { NimOptions } from '@/sdk';
import { createNim } from '@/sdk/nim';
import { FakeClock } from '../fakes/fake-clock';
import { TEST_ENV } from '../fakes/rig';

type Handler = (...args: unknown[]) => void;

/** What the SDK was called with. The behaviour of the SDK itself is tested in test/integration, with the real SDK. */
const mockSdk = {
  registered: [] as string[],
  instances: [] as { settings: unknown; config: Record<string, unknown> }[],
  calls: [] as unknown[],
  listeners: new Map<string, Handler[]>(),
  adapters: {} as Record<string, never>,
  loginStatus: 0,
  fails: undefined as unknown,
  request: (() => Promise.resolve({ status: 200, data: {} })) as (url: string) => Promise<unknown>,
};

const mockNim = (settings: unknown, config: Record<string, unknown>) => {
  mockSdk.instances.push({ settings, config });
  const call =
    (name: string) =>
    (...args: unknown[]) => {
      mockSdk.calls.push([name, ...args]);
      return mockSdk.fails === undefined ? Promise.resolve() : Promise.reject(mockSdk.fails);
    };
  return {
    V2NIMLoginService: {
      setReconnectDelayProvider: (delay: () => number) => mockSdk.calls.push(['delay', delay()]),
      getConnectStatus: () => 1,
      getLoginStatus: () => mockSdk.loginStatus,
      getLoginUser: () => 'u1',
      login: call('login'),
      logout: call('logout'),
      on: (event: string, handler: Handler) =>
        mockSdk.listeners.set(event, [...(mockSdk.listeners.get(event) ?? []), handler]),
      off: (event: string, handler: Handler) =>
        mockSdk.listeners.set(
          event,
          (mockSdk.listeners.get(event) ?? []).filter((one) => one !== handler),
        ),
      reconnect: { clearReconnectTimer: () => mockSdk.calls.push(['clearReconnectTimer']) },
      clientSocket: {
        sendCmd: () => Promise.reject({ code: 192004 }),
        cleanSocket: () => {
          mockSdk.calls.push(['cleanSocket']);
          throw new Error('no socket');
        },
      },
    },
    V2NIMLocalConversationService: {
      compute: { computeReadTimeForMark: () => 0 },
      model: {},
      handler: {},
    },
    V2NIMUserService: { getUserListFromCloud: call('probe') },
    destroy: call('destroy'),
  };
};

jest.mock('@/sdk/nim-sdk', () => ({
  NIM: {
    registerService: (_service: unknown, name: string) => mockSdk.registered.push(name),
    getInstance: (settings: unknown, config: Record<string, unknown>) => mockNim(settings, config),
  },
  adapters: () => ({
    WebSocket: class {
      constructor(readonly url: string) {}
    },
    request: (url: string) => mockSdk.request(url),
    net: { getNetworkStatus: () => 'wifi' },
  }),
  setAdapters: (make: () => Record<string, never>) => {
    mockSdk.adapters = make();
  },
}));

const attempt = { accountId: 'u1', authType: 1, token: 'to"ken', timeoutMs: 30_000 } as const;

function setUp(options?: NimOptions, env: Partial<RuntimeEnv> = {}) {
  Object.assign(mockSdk, { calls: [], instances: [], fails: undefined, loginStatus: 0 });
  mockSdk.listeners.clear();
  const owned: unknown[] = [];
  const nim = createNim({
    env: { ...TEST_ENV, ...env },
    clock: new FakeClock(),
    openSocket: (open) => {
      const socket = open();
      owned.push(socket);
      return socket;
    },
    ...(options ? { options } : {}),
  });
  const config = mockSdk.instances[0]?.config ?? {};
  const emit = (event: string, ...args: unknown[]) => {
    for (const handler of mockSdk.listeners.get(event) ?? []) handler(...args);
  };
  return { nim, config, emit, owned };
}

const loggerOf = (config: Record<string, unknown>) =>
  config['loggerConfig'] as { logFunc?: Record<string, (line: unknown) => void> };

describe('the instance of the SDK', () => {
  it('is made with all services, which are registered a single time', () => {
    setUp();
    setUp();
    expect(mockSdk.registered).toHaveLength(13);
    expect(new Set(mockSdk.registered).size).toBe(13);
    expect(mockSdk.registered.every((name) => name.startsWith('V2NIM'))).toBe(true);
    expect(mockSdk.calls).toEqual([['delay', 2 ** 31 - 1]]);
  });

  it('has the configuration of the build, without options that nobody set', () => {
    const { config } = setUp();
    expect(mockSdk.instances[0]?.settings).toEqual({
      appkey: 'appkey',
      apiVersion: 'v2',
      debugLevel: 'off',
      binaryWebsocket: false,
    });
    expect(config).toEqual({
      V2NIMLoginServiceConfig: {
        lbsUrls: ['https://lbs.example/lbs'],
        linkUrl: 'link.example',
        linkSSL: true,
      },
      V2NIMSyncServiceConfig: {
        myInfo: true,
        relations: true,
        friends: true,
        friendUsers: true,
        avSignal: true,
        sessionAck: true,
      },
      reporterConfig: { isDataReportEnable: false, enableCompass: false },
      abtestConfig: { isAbtestEnable: false },
      loggerConfig: { debugLevel: 'off', storageEnable: false },
    });
  });

  it('has the options of the product', () => {
    const options = { isFixedDeviceId: true, customClientType: 7, customTag: 'a' };
    const { config } = setUp(options, { uploadUrl: 'https://nos.example' });
    expect(config['V2NIMLoginServiceConfig']).toMatchObject(options);
    expect(config['cloudStorageConfig']).toMatchObject({ commonUploadHost: 'https://nos.example' });
  });

  it('writes log lines without the secrets of the attempt, in each form of JSON', async () => {
    const lines: string[] = [];
    const { nim, config } = setUp({
      debugLevel: 'debug',
      logSink: (level, line) => lines.push(`${level} ${line}`),
    });
    const sinks = loggerOf(config).logFunc ?? {};
    await nim.login({ ...attempt, loginExtension: 'ex\\t' });
    const inner = JSON.stringify({ token: attempt.token, ext: 'ex\\t' });
    sinks['debug']?.(`${attempt.token} ${inner}`);
    sinks['log']?.(JSON.stringify({ inner }));
    sinks['warn']?.(7);
    sinks['error']?.('plain');
    expect(lines).toEqual([
      'debug [redacted] {"token":"[redacted]","ext":"[redacted]"}',
      'log {"inner":"{\\"token\\":\\"[redacted]\\",\\"ext\\":\\"[redacted]\\"}"}',
      'warn 7',
      'error plain',
    ]);
    await nim.destroy();
    sinks['log']?.(attempt.token);
    expect(lines.at(-1)).toBe(`log ${attempt.token}`);
  });

  it('logs in with one attempt, and gives the newest credentials to the SDK', async () => {
    const { nim } = setUp();
    await nim.login(attempt);
    const [name, account, token, options] = mockSdk.calls.at(-1) as [
      string,
      string,
      string,
      Record<string, () => string>,
    ];
    expect([name, account, token]).toEqual(['login', 'u1', 'to"ken']);
    expect(options).toMatchObject({
      authType: 1,
      retryCount: 0,
      timeout: 30_000,
      forceMode: false,
    });
    const asked = () => [options['tokenProvider']?.(), options['loginExtensionProvider']?.()];
    expect(asked()).toEqual(['to"ken', '']);
    nim.renew({ ...attempt, token: 'new', loginExtension: 'ext' });
    expect(asked()).toEqual(['new', 'ext']);
    await nim.destroy();
    expect(asked()).toEqual(['', '']);
  });

  it('rejects a login with the error of the SDK, and never logs in after its end', async () => {
    const { nim } = setUp();
    mockSdk.fails = { code: 302, desc: 'wrong', more: 1 };
    await expect(nim.login(attempt)).rejects.toEqual({ code: 302, desc: 'wrong' });
    await nim.logout();
    mockSdk.fails = undefined;
    await nim.destroy();
    const before = mockSdk.calls.length;
    await expect(nim.login(attempt)).rejects.toEqual({
      code: 190002,
      desc: 'this SDK instance was destroyed',
    });
    await nim.destroy();
    expect(mockSdk.calls).toHaveLength(before);
  });

  it('ends once: destroys the SDK, cleans its socket and its reconnect timer', async () => {
    const { nim } = setUp();
    await nim.destroy();
    expect(mockSdk.calls.slice(1)).toEqual([['destroy'], ['cleanSocket'], ['clearReconnectTimer']]);
  });

  it('logs out when the SDK cannot be destroyed while it is logged in', async () => {
    for (const status of [0, 1]) {
      const { nim } = setUp();
      mockSdk.loginStatus = status;
      mockSdk.fails = { code: 190002 };
      await nim.destroy();
      const names = mockSdk.calls.map((call) => (call as [string])[0]);
      expect(names.includes('logout')).toBe(status === 1);
    }
  });

  it('passes the events of the login service on until the listener leaves', () => {
    const { nim, emit } = setUp();
    const heard: unknown[] = [];
    const stops = [
      nim.on('connectStatus', (status) => heard.push(status)),
      nim.on('linkError', ({ code }) => heard.push(code)),
      nim.on('synced', (error) => heard.push(['synced', error])),
    ];
    emit('onConnectStatus', 1);
    emit('onDisconnected', { code: 192003 });
    emit('onConnectFailed', { code: 415 });
    emit('onDataSync', 2, 3);
    emit('onDataSync', 1, 3);
    expect(heard).toEqual([1, 192003, 415, ['synced', undefined]]);
    for (const stop of stops) stop();
    emit('onConnectStatus', 2);
    emit('onConnectFailed', { code: 415 });
    expect(heard).toHaveLength(4);
    const stop = nim.listen('login', 'onAny', (value) => heard.push(value));
    emit('onAny', 'any');
    stop();
    emit('onAny', 'late');
    expect(heard.at(-1)).toBe('any');
    expect([nim.connectStatus(), nim.loginStatus()]).toEqual([1, 0]);
  });

  it('tells commands without an answer, and probes with a request for its own account', async () => {
    const { nim } = setUp();
    let told = 0;
    nim.on('unanswered', () => told++);
    const { clientSocket } = nim.services.login as unknown as {
      clientSocket: { sendCmd: () => Promise<void> };
    };
    await clientSocket.sendCmd().catch(() => undefined);
    expect(told).toBe(1);
    await nim.probe();
    expect(mockSdk.calls.at(-1)).toEqual(['probe', ['u1']]);
  });

  it("opens its sockets for their owner, and moves the SDK's link until its end", async () => {
    const { nim, owned } = setUp();
    const { WebSocket: Socket, net } = mockSdk.adapters as unknown as {
      WebSocket: new (url: string) => object;
      net: {
        getNetworkStatus: () => string;
        onNetworkStatusChange: (handler: Handler) => void;
        offNetworkStatusChange: () => void;
      };
    };
    const socket = new Socket('wss://link.example');
    expect(owned).toEqual([socket]);
    expect(net.getNetworkStatus()).toBe('wifi');
    nim.reconnect();
    const statuses: unknown[] = [];
    net.onNetworkStatusChange((status) => statuses.push(status));
    net.offNetworkStatusChange();
    nim.reconnect();
    nim.dropLink();
    await nim.destroy();
    nim.reconnect();
    nim.dropLink();
    expect(statuses).toEqual([
      { isConnected: true, networkType: 0 },
      { isConnected: false, networkType: 0 },
    ]);
  });

  it('tells requests that WeChat refuses for their host, without the query, and reports the LBS', async () => {
    const { nim } = setUp();
    const told: unknown[] = [];
    nim.on('requestRefused', (url) => told.push(url));
    nim.on('lbs', ({ kind }) => told.push(kind));
    const request = mockSdk.adapters['request'] as unknown as (url: string) => Promise<unknown>;
    for (const error of [
      { code: 1, desc: 'request:fail url not in domain list' },
      { code: 1, message: 'request:fail url not in domain list' },
      { code: 1, message: 'timeout' },
      { code: 1 },
      'text',
    ]) {
      mockSdk.request = () => Promise.reject(error);
      await expect(request('https://other.example/a?token=1')).rejects.toBe(error);
    }
    const address = 'https://other.example/a';
    expect(told).toEqual([address, address]);
    await expect(request('https://lbs.example/lbs?k=1')).rejects.toMatchObject({ code: 192006 });
    expect(told.at(-1)).toBe('failed');
  });
});
