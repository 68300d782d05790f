import { wxAsk, wxCall } from '@/components/wx-call';
import type { Platform, WxFailure } from '@/platform';

/** What became of the bundle. */
export type Shared = 'sent' | 'copied' | 'downloaded' | 'cancelled';

/** The directory is per user and app; the file is replaced each time. */
const FILE_NAME = 'yunxin-diagnostics.json';

/**
 * Hands the bundle to the user: in WeChat as a file to send in a chat, where WeChat cannot, on the clipboard;
 * in a browser as a download. Called from a tap and opens WeChat's picker in the same turn, as WeChat demands.
 * Neither way works: WeChat's reason.
 */
export async function shareBundle(text: string, { clock }: Platform): Promise<Shared | WxFailure> {
  if (process.env.TARO_ENV === 'h5') {
    download(text, (done) => clock.setTimeout(done, 0));
    return 'downloaded';
  }
  // WeChat on a computer and base libraries before 2.16.1 have none.
  if (wx.canIUse('shareFileMessage')) {
    const filePath = `${wx.env.USER_DATA_PATH}/${FILE_NAME}`;
    if (write(filePath, text)) {
      const sent = await wxAsk(() => wx.shareFileMessage({ filePath, fileName: FILE_NAME }));
      if (sent.ok) return 'sent';
      if (sent.failure.kind === 'cancelled') return 'cancelled';
    }
  }
  const copied = await wxCall(() => wx.setClipboardData({ data: text }));
  return copied.ok ? 'copied' : copied.failure;
}

/** False when the user's files are full or cannot be written. */
function write(filePath: string, text: string): boolean {
  try {
    wx.getFileSystemManager().writeFileSync(filePath, text, 'utf8');
    return true;
  } catch {
    return false;
  }
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
