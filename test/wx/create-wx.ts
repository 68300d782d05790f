import { asyncApi, Listeners, type Api } from './api';
import { AudioDesk, makeAudio, RecorderRecord } from './audio';
import { WxContext, type Realm } from './context';
import { FileStore, makeFileSystemManager } from './files';
import { IntersectionWatches } from './intersection';
import { makeMedia, MediaShelf } from './media';
import type { Fields, WxOptions } from './options';
import { makePermissions, Permissions } from './permissions';
import { makeRequest, type RequestRecord } from './request';
import { makeSelectorQuery, type Measure } from './selector-query';
import { makeConnectSocket } from './socket';
import { SocketLedger } from './socket-ledger';
import { makeStorage } from './storage';
import { makeSystem, Updates } from './system';
import { makeDownloadFile, makeUploadFile } from './transfer';
import { makeUi, UiRecords } from './ui';

/** The fake and its controls for a test. */
export interface WxHandle {
  /** The object to give to the app as the global `wx`. */
  readonly wx: WechatMiniprogram.Wx;
  /** The current options; the test may change them at any time (`closeDelayMs`, `limits`, `loginCode` ...). */
  readonly options: WxOptions;
  readonly sockets: SocketLedger;
  readonly network: {
    readonly online: boolean;
    readonly type: string;
    /** Reports a network change to the app. Offline, requests fail and open sockets carry nothing. */
    set(online: boolean, type?: string): void;
  };
  readonly app: {
    readonly visible: boolean;
    hide(): void;
    show(options?: Fields): void;
    /** Numbers of listeners of `onAppShow`, `onAppHide` and so on, for leak checks. */
    listenerCount(): number;
  };
  /** Fires `wx.onAudioInterruptionBegin`: a phone call, or another app that plays. */
  interruptAudio(): void;
  /** Fires `wx.onUserCaptureScreen`. */
  captureScreen(): void;
  /** Fires `wx.onThemeChange`. */
  setTheme(theme: 'light' | 'dark'): void;
  /** Fires `wx.onKeyboardHeightChange`. */
  setKeyboardHeight(height: number): void;
  readonly storage: Map<string, unknown>;
  readonly files: FileStore;
  readonly media: MediaShelf;
  /** What the user allows: scopes, the privacy guide, the settings. */
  readonly permissions: Permissions;
  /** Audio contexts and the recorder. */
  readonly audio: AudioDesk;
  readonly ui: UiRecords;
  readonly updates: Updates;
  readonly requests: RequestRecord[];
  /** Nodes that the app watches by `createIntersectionObserver`. */
  readonly intersections: IntersectionWatches;
  /** Names read from `wx` that the fake lacks, with the number of reads. */
  readonly unknownApis: Map<string, number>;
  /** Errors thrown by the app's callbacks. */
  readonly errors: unknown[];
  /** Called with each such error. */
  onError(listener: (error: unknown) => void): void;
  /** Runs after each callback delivered to the app; returns a function that removes it. */
  onActivity(listener: () => void): () => void;
  /** Runs app code as the handler of a tap. */
  inTap<Value>(task: () => Value): Value;
  /** Adds or replaces functions of `wx`, for example a host's navigation. */
  install(apis: Record<string, unknown>): void;
  /** Creates values in the realm of the app; for a vm host. */
  setRealm(realm: Realm): void;
  setMeasure(measure: Measure): void;
  /** Makes an asynchronous wx function in this fake's convention, for {@link install}. */
  api(name: string, work: (options: Fields) => unknown): unknown;
  /** Closes everything. No callback reaches the app afterwards. */
  dispose(): void;
}

/**
 * Creates a `wx` for Node on real http and WebSocket connections, with WeChat's limits and habits: callbacks
 * in later macrotasks, promises without a callback, sockets that live until `onClose`.
 */
export function createWx(options: WxOptions = {}): WxHandle {
  const given: WxOptions = { ...options };
  const context = new WxContext(given);
  const sockets = new SocketLedger();
  const storage = given.storage ?? new Map<string, unknown>();
  const files = new FileStore(given.files ?? new Map<string, Buffer>());
  const media = new MediaShelf();
  const permissions = new Permissions();
  const audio = new AudioDesk(new RecorderRecord(context, files, permissions));
  const ui = new UiRecords();
  const updates = new Updates(context);
  const requests: RequestRecord[] = [];
  const unknownApis = new Map<string, number>();
  let measure: Measure | undefined;

  const listen = <Event = Fields>() => new Listeners<Event>(context);
  const network = listen();
  const groups = {
    NetworkStatusChange: network,
    NetworkWeakChange: listen(),
    AppShow: listen(),
    AppHide: listen(),
    ThemeChange: listen(),
    KeyboardHeightChange: listen(),
    MemoryWarning: listen(),
    Error: listen<unknown>(),
    UnhandledRejection: listen(),
    PageNotFound: listen(),
    WindowResize: listen(),
    AudioInterruptionBegin: listen(),
    AudioInterruptionEnd: listen(),
    NeedPrivacyAuthorization: listen<unknown>(),
    UserCaptureScreen: listen(),
    LazyLoadError: listen(),
  };
  context.onDispose(() => sockets.abandonAll());

  const intersections = new IntersectionWatches(context);
  const target: Record<string, unknown> = {
    env: { USER_DATA_PATH: 'http://usr' },
    ...makeStorage(context, storage),
    ...makeUi(context, ui, permissions),
    ...makeSystem(context, updates),
    ...makePermissions(context, permissions),
    ...makeMedia(context, files, media, permissions),
    ...makeAudio(context, audio),
    request: makeRequest(context, requests),
    uploadFile: makeUploadFile(context, files, requests),
    downloadFile: makeDownloadFile(context, files, requests),
    getFileSystemManager: () => makeFileSystemManager(context, files),
    getNetworkType: asyncApi(context, 'getNetworkType', () => ({
      networkType: context.networkType,
      isConnected: context.online,
      weakNet: false,
    })),
    createSelectorQuery: makeSelectorQuery(context, () => measure),
    createIntersectionObserver: intersections.create,
    createMediaQueryObserver: silentObserver,
  };
  for (const [name, group] of Object.entries(groups)) {
    target[`on${name}`] = group.on;
    target[`off${name}`] = group.off;
  }
  for (const name of SYNCHRONOUS) {
    const known = target[name] as () => Fields;
    target[name] = () => given.alterResult?.(name, known()) ?? known();
  }
  target.canIUse = (schema: string) =>
    given.canIUse?.(schema) ?? (schema.split('.')[0] ?? '') in target;
  Object.defineProperty(target, 'connectSocket', {
    value: makeConnectSocket(context, sockets),
    writable: !given.connectReadOnly,
    configurable: true,
    enumerable: true,
  });

  const wx = new Proxy(target, {
    get(known, name, receiver) {
      if (typeof name === 'string' && !(name in known)) {
        unknownApis.set(name, (unknownApis.get(name) ?? 0) + 1);
      }
      return Reflect.get(known, name, receiver) as unknown;
    },
  });

  let visible = true;
  return {
    wx: wx as unknown as WechatMiniprogram.Wx,
    options: given,
    sockets,
    network: {
      get online() {
        return context.online;
      },
      get type() {
        return context.networkType;
      },
      set(online, type = online ? 'wifi' : 'none') {
        if (online === context.online && type === context.networkType) return;
        context.online = online;
        context.networkType = type;
        sockets.networkChanged();
        context.later(() => network.emit({ isConnected: online, networkType: type }));
      },
    },
    app: {
      get visible() {
        return visible;
      },
      hide() {
        if (!visible) return;
        visible = false;
        groups.AppHide.emit({});
      },
      show(enter = {}) {
        if (visible) return;
        visible = true;
        groups.AppShow.emit({ path: '', query: {}, scene: 1001, ...enter });
      },
      listenerCount: () => Object.values(groups).reduce((sum, group) => sum + group.size, 0),
    },
    interruptAudio: () => groups.AudioInterruptionBegin.emit({}),
    captureScreen: () => groups.UserCaptureScreen.emit({}),
    setTheme(theme) {
      given.theme = theme;
      groups.ThemeChange.emit({ theme });
    },
    setKeyboardHeight: (height) => {
      ui.keyboardHeight = height;
      groups.KeyboardHeightChange.emit({ height });
    },
    storage,
    files,
    media,
    permissions,
    audio,
    ui,
    updates,
    requests,
    intersections,
    unknownApis,
    errors: context.errors,
    onError(listener) {
      context.onError = listener;
    },
    inTap: (task) => context.inTap(task),
    onActivity: (listener) => context.onActivity(listener),
    install: (apis) => void Object.assign(target, apis),
    setRealm(realm) {
      context.realm = realm;
    },
    setMeasure(next) {
      measure = next;
    },
    api: (name, work) => asyncApi(context, name, work),
    dispose: () => context.dispose(),
  };
}

/** Functions that return facts at once; `alterResult` may change them. */
const SYNCHRONOUS = [
  'getSystemInfoSync',
  'getDeviceInfo',
  'getWindowInfo',
  'getAppBaseInfo',
  'getSystemSetting',
  'getAppAuthorizeSetting',
  'getLaunchOptionsSync',
  'getEnterOptionsSync',
  'getAccountInfoSync',
  'getMenuButtonBoundingClientRect',
];

/** Observers of layout, which never fire because the fake has no layout. */
const silentObserver: Api = () => {
  const observer: Record<string, Api> = {};
  for (const name of ['relativeTo', 'relativeToViewport']) observer[name] = () => observer;
  for (const name of ['observe', 'unobserve', 'disconnect']) observer[name] = () => undefined;
  return observer;
};
