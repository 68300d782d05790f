import { systemClock } from './clock';
import { Listeners } from './listeners';
import {
  HttpFailure,
  type HttpRequest,
  type HttpResponse,
  type NetworkStatus,
  type Platform,
} from './types';

const DEFAULT_TIMEOUT_MS = 8000;

/** WeChat's capabilities. Everything is read from `wx` at call time. */
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
    storage: {
      get: (key) => {
        const value: unknown = wx.getStorageSync(key);
        return typeof value === 'string' && value !== '' ? value : undefined;
      },
      set: (key, value) => wx.setStorageSync(key, value),
      remove: (key) => wx.removeStorageSync(key),
      keys: () => wx.getStorageInfoSync().keys,
    },
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
    loginCode: () =>
      new Promise((resolve, reject) => {
        wx.login({
          success: ({ code }) => resolve(code),
          fail: ({ errMsg }) => reject(new HttpFailure(errMsg, false)),
        });
      }),
    request: wxRequest,
    language: () => wx.getAppBaseInfo().language ?? 'zh_CN',
  };
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
      fail: (failure) =>
        reject(
          new HttpFailure(failure.errMsg, failure.errno === 5 || /timeout/.test(failure.errMsg)),
        ),
    });
  });
}
