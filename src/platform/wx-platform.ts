import { systemClock } from './clock';
import { DeviceStorage } from './device-storage';
import { Listeners } from './listeners';
import { wxFiles } from './wx-files';
import { shieldWxStorage } from './shield-storage';
import {
  HttpFailure,
  type HttpRequest,
  type HttpResponse,
  type NetworkStatus,
  type Platform,
} from './types';

const DEFAULT_TIMEOUT_MS = 8000;
/** The errno of a request that timed out. */
const ERRNO_TIMEOUT = 5;

/** Implements the platform with WeChat's functions. Each function is read from `wx` at call time. */
export function createWxPlatform(): Platform {
  const changes = new Listeners<[NetworkStatus]>();
  let status: NetworkStatus = { isConnected: true, networkType: 'unknown' };
  const accept = (next: NetworkStatus) => {
    status = next;
    changes.emit(next);
  };
  wx.getNetworkType({
    success: ({ networkType }) => {
      status = { isConnected: networkType !== 'none', networkType };
    },
  });
  wx.onNetworkStatusChange(({ isConnected, networkType }) => accept({ isConnected, networkType }));

  return {
    name: 'weapp',
    clock: systemClock,
    random: Math.random,
    storage: wxStorage(),
    files: wxFiles(),
    network: { current: () => status, onChange: (handler) => changes.add(handler) },
    lifecycle: {
      onHide: (handler) => {
        wx.onAppHide(handler);
        return () => wx.offAppHide(handler);
      },
      onShow: (handler) => {
        wx.onAppShow(handler);
        return () => wx.offAppShow(handler);
      },
    },
    updates: {
      onReady: (handler) => {
        // WeChat has no function to remove the listener.
        let stopped = false;
        wx.getUpdateManager().onUpdateReady(() => {
          if (!stopped) handler();
        });
        return () => {
          stopped = true;
        };
      },
      restart: () => wx.getUpdateManager().applyUpdate(),
    },
    loginCode: () =>
      new Promise((resolve, reject) => {
        wx.login({
          success: ({ code }) => resolve(code),
          fail: ({ errMsg }) => reject(new HttpFailure(errMsg, false)),
        });
      }),
    request: wxRequest,
    language: hostLanguage,
  };
}

/** Creates WeChat's storage; afterwards the storage functions of `wx` use it too. */
function wxStorage(): DeviceStorage {
  const storage = new DeviceStorage({
    get: wx.getStorageSync.bind(wx),
    set: wx.setStorageSync.bind(wx),
    remove: wx.removeStorageSync.bind(wx),
    keys: () => wx.getStorageInfoSync().keys,
  });
  shieldWxStorage(wx, storage);
  return storage;
}

function wxRequest({ url, method, body, headers, timeoutMs }: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    wx.request({
      url,
      method: method ?? 'GET',
      ...(body === undefined ? {} : { data: body as WechatMiniprogram.IAnyObject }),
      header: { 'content-type': 'application/json', ...headers },
      timeout: timeoutMs ?? DEFAULT_TIMEOUT_MS,
      dataType: 'json',
      success: ({ statusCode, data }) => resolve({ status: statusCode, body: data }),
      fail: (failure: { errMsg: string; errno?: number }) =>
        reject(
          new HttpFailure(
            failure.errMsg,
            failure.errno === ERRNO_TIMEOUT || /timeout/.test(failure.errMsg),
          ),
        ),
    });
  });
}

/** `getAppBaseInfo` is missing from base libraries before 2.20.1 and from the typings. */
function hostLanguage(): string {
  const host = wx as typeof wx & { getAppBaseInfo?: () => { language?: string } };
  return (host.getAppBaseInfo?.() ?? wx.getSystemInfoSync()).language ?? 'zh_CN';
}
