const { CHAT, STOCK_SOCKET } = require('./config');

/**
 * A shop with two tabs and a socket of its own for the stock. The chat is in sub-packages: it is loaded when the app
 * starts, so that its socket gate is in place before the first socket.
 */
App({
  chat: null,
  /** Resolves to the chat's interface (packages/im/host.d.ts). */
  whenChat: null,

  onLaunch() {
    this.whenChat = require.async('./packages/im/host.js').then(({ im }) => {
      this.chat = im;
      this.startChat();
      im.onUnread((count) => this.showUnread(count));
      im.onIncomingCall((call) => this.tell('onCall', call));
      im.onNotice((notice) => this.tell('onNotice', notice));
      this.openStock();
      return im;
    });
  },

  /** At the start, and after the chat was ended. */
  startChat() {
    this.chat.start({ configuration: CHAT });
  },

  /** The tab bar is the shop's: the chat hands over the number, and the shop shows it. */
  showUnread(count) {
    if (count > 0) wx.setTabBarBadge({ index: 1, text: String(count), fail() {} });
    else wx.removeTabBarBadge({ index: 1, fail() {} });
  },

  /** Tells the page on the screen, if it is a page of the shop that listens. */
  tell(event, value) {
    const page = getCurrentPages().pop();
    if (page && page[event]) page[event](value);
  },

  openStock() {
    this.stock = wx.connectSocket({ url: STOCK_SOCKET });
    this.stock.onMessage(({ data }) => this.tell('onStock', data));
  },
});
