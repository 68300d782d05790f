import type { Platform } from '@/platform';

/** What became of the bundle. */
export type Shared = 'sent' | 'copied' | 'downloaded' | 'cancelled';

/** The directory is per user and app; the file is replaced each time. */
const FILE_NAME = 'yunxin-diagnostics.json';

/**
 * Hands the bundle to the user: in WeChat as a file to send in a chat, where WeChat cannot, on the clipboard;
 * in a browser as a download. Called from a tap and opens WeChat's picker in the same turn, as WeChat demands.
 * @throws what WeChat says when neither way works
 */
export async function shareBundle(text: string, { clock }: Platform): Promise<Shared> {
  if (process.env.TARO_ENV === 'h5') {
    download(text, (done) => clock.setTimeout(done, 0));
    return 'downloaded';
  }
  // WeChat on a computer and base libraries before 2.16.1 have none.
  if (wx.canIUse('shareFileMessage')) {
    try {
      const filePath = `${wx.env.USER_DATA_PATH}/${FILE_NAME}`;
      wx.getFileSystemManager().writeFileSync(filePath, text, 'utf8');
      await wx.shareFileMessage({ filePath, fileName: FILE_NAME });
      return 'sent';
    } catch (error) {
      if (/cancel/.test(errMsgOf(error))) return 'cancelled';
    }
  }
  await wx.setClipboardData({ data: text });
  return 'copied';
}

function download(text: string, later: (done: () => void) => void): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = globalThis.document.createElement('a');
  link.href = address;
  link.download = FILE_NAME;
  link.click();
  // The browser reads it after this turn.
  later(() => URL.revokeObjectURL(address));
}

function errMsgOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'errMsg' in error
    ? String(error.errMsg)
    : String(error);
}
