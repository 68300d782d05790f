const { USER } = require('../../config');
const app = getApp();

Page({
  data: { session: 'signedOut', unread: 0 },

  onLoad() {
    app.whenChat.then((im) => {
      this.stops = [
        im.onSession(({ status }) => this.setData({ session: status })),
        im.onUnread((unread) => this.setData({ unread })),
      ];
    });
  },

  onUnload() {
    for (const stop of this.stops || []) stop();
  },

  signIn() {
    app.whenChat
      .then((im) => {
        if (!im.isStarted) app.startChat();
        return im.signIn(USER);
      })
      .catch(({ code, message }) => this.setData({ session: `${code} ${message}` }));
  },

  openMessages() {
    app.chat.open({ page: 'conversations' });
  },

  openService() {
    app.chat.open({ person: 'ben' });
  },

  openRoom() {
    app.chat.open({ room: '9001' });
  },

  leave() {
    app.chat.leave().then(() => this.setData({ session: 'left' }));
  },
});
