/** The addresses of the shop. The chat's are those of the local emulator (`npm run emulator`). */
module.exports = {
  /** Fields of ImConfiguration in packages/im/host.d.ts; what is left out has the value of the chat's build. */
  CHAT: {
    appkey: 'emulator-appkey',
    lbsUrl: 'http://127.0.0.1:7600/lbs/wxwebconf.jsp',
    linkUrl: '127.0.0.1:7600',
    appServer: 'http://127.0.0.1:7600/app',
  },
  STOCK_SOCKET: 'wss://shop.example.com/stock',
  /** A shop asks its own backend for the account of the user and its token. */
  USER: { accountId: 'anna', token: 'token-anna' },
};
