/** Fields of ImConfiguration in host.d.ts; a field that is left out has the value of the chat's build. */
export const CHAT = {
  appkey: 'emulator-appkey',
  lbsUrl: 'http://127.0.0.1:7600/lbs/wxwebconf.jsp',
  linkUrl: '127.0.0.1:7600',
  appServer: 'http://127.0.0.1:7600/app',
};

export const STOCK_SOCKET = 'wss://shop.example.com/stock';

/** A shop asks its own backend for the account of the user and its token. */
export const USER = { accountId: 'anna', token: 'token-anna' };
