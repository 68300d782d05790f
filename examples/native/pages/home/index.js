const app = getApp();

Page({
  data: { stock: '-', notice: null, call: null },

  onStock(stock) {
    this.setData({ stock });
  },

  onNotice(notice) {
    this.setData({ notice });
  },

  onCall(call) {
    this.setData({ call });
  },

  openNotice() {
    app.chat.open(this.data.notice.target);
    this.setData({ notice: null });
  },

  answer() {
    app.chat.open({ call: 'current' });
  },

  reject() {
    app.chat.rejectCall();
  },
});
