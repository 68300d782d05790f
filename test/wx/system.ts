import { asyncApi, Listeners, type Api } from './api';
import type { WxContext } from './context';
import type { Fields } from './options';

const WINDOW = { width: 375, height: 812, statusBar: 44, navigationBar: 44 };

/** The phone in `wx.getSystemInfoSync()`: an iPhone of 375 x 812 points. */
function systemInfo(context: WxContext): Fields {
  const {
    platform = 'ios',
    language = 'zh_CN',
    theme = 'light',
    systemInfo: given,
  } = context.options;
  return {
    brand: 'iPhone',
    model: 'iPhone 12',
    pixelRatio: 3,
    screenWidth: WINDOW.width,
    screenHeight: WINDOW.height,
    windowWidth: WINDOW.width,
    windowHeight: WINDOW.height - WINDOW.statusBar - WINDOW.navigationBar,
    statusBarHeight: WINDOW.statusBar,
    safeArea: { left: 0, right: 375, top: 44, bottom: 778, width: 375, height: 734 },
    language,
    version: '8.0.50',
    system: 'iOS 17.0',
    platform,
    theme,
    fontSizeSetting: 16,
    SDKVersion: '3.6.0',
    benchmarkLevel: 1,
    deviceOrientation: 'portrait',
    host: { env: 'WeChat', appId: '', version: 402664503 },
    enableDebug: false,
    ...given,
  };
}

const DEVICE = ['brand', 'model', 'system', 'platform', 'benchmarkLevel', 'abi', 'memorySize'];
const WINDOW_KEYS = [
  'pixelRatio',
  'screenWidth',
  'screenHeight',
  'windowWidth',
  'windowHeight',
  'statusBarHeight',
  'safeArea',
  'screenTop',
];
const APP_BASE = [
  'SDKVersion',
  'enableDebug',
  'host',
  'language',
  'version',
  'theme',
  'fontSizeSetting',
];

function pick(all: Fields, keys: string[]): Fields {
  return Object.fromEntries(keys.filter((key) => key in all).map((key) => [key, all[key]]));
}

/** Controls `wx.getUpdateManager()` from a test: WeChat has a new version, or has none. */
export class Updates {
  private readonly ready: Listeners<Fields>;
  /** Number of times that the app asked to restart into the new version. */
  applied = 0;

  constructor(context: WxContext) {
    this.ready = new Listeners(context);
  }

  /** WeChat has downloaded a new version. */
  announce(): void {
    this.ready.emit({});
  }

  readonly manager = () => ({
    applyUpdate: () => void this.applied++,
    onCheckForUpdate: () => undefined,
    onUpdateReady: this.ready.on,
    onUpdateFailed: () => undefined,
  });
}

/** Device, window, launch, account, login and other small facts that an app asks for. */
export function makeSystem(context: WxContext, updates: Updates): Record<string, Api> {
  const { options } = context;
  const info = () => systemInfo(context);
  const launch = () => ({
    path: options.launch?.path ?? '',
    query: options.launch?.query ?? {},
    scene: options.launch?.scene ?? 1001,
    referrerInfo: {},
  });
  const api = (name: string, work: (given: Fields) => unknown) => asyncApi(context, name, work);
  return {
    getSystemInfoSync: info,
    getSystemInfo: api('getSystemInfo', info),
    getSystemInfoAsync: api('getSystemInfoAsync', info),
    getDeviceInfo: () => pick(info(), DEVICE),
    getWindowInfo: () => pick(info(), WINDOW_KEYS),
    checkIsOpenAccessibility: asyncApi(context, 'checkIsOpenAccessibility', () => ({
      open: context.options.screenReader ?? false,
    })),
    getAppBaseInfo: () => pick(info(), APP_BASE),
    getSystemSetting: () => ({ bluetoothEnabled: true, locationEnabled: true, wifiEnabled: true }),
    getAppAuthorizeSetting: () => ({
      albumAuthorized: 'authorized',
      cameraAuthorized: 'authorized',
      microphoneAuthorized: 'authorized',
    }),
    getLaunchOptionsSync: launch,
    getEnterOptionsSync: launch,
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop', version: '' },
      plugin: {},
    }),
    getMenuButtonBoundingClientRect: () => ({
      width: 87,
      height: 32,
      top: 48,
      right: 365,
      bottom: 80,
      left: 278,
    }),
    login: api('login', () => {
      const { loginCode = 'wx-login-code' } = options;
      return { code: typeof loginCode === 'function' ? loginCode() : loginCode };
    }),
    checkSession: api('checkSession', () => undefined),
    nextTick: (task: () => void) => context.later(task),
    arrayBufferToBase64: (bytes: ArrayBuffer) =>
      Buffer.from(new Uint8Array(bytes)).toString('base64'),
    base64ToArrayBuffer: (coded: string) =>
      context.realm.toArrayBuffer(Buffer.from(coded, 'base64')),
    reportEvent: () => undefined,
    reportAnalytics: () => undefined,
    reportMonitor: () => undefined,
    reportPerformance: () => undefined,
    getUpdateManager: updates.manager,
    getLogManager: logger,
    getRealtimeLogManager: logger,
    getPerformance: () => ({
      now: () => performance.now(),
      getEntries: () => [],
      mark: () => undefined,
    }),
    setEnableDebug: api('setEnableDebug', () => undefined),
    preloadSubpackage: api('preloadSubpackage', () => undefined),
    preloadWebview: api('preloadWebview', () => undefined),
  };
}

function logger(): Fields {
  const silent = () => undefined;
  return {
    log: silent,
    info: silent,
    warn: silent,
    error: silent,
    debug: silent,
    setFilterMsg: silent,
  };
}
