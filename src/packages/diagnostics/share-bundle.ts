import { wxAsk, wxCall } from '@/components/page/wx-call';
import type { Platform, WxFailure } from '@/platform';

/** The result of sharing the bundle. */
export type Shared = 'sent' | 'copied' | 'downloaded' | 'cancelled';

/** The directory belongs to the user and the app; each bundle replaces the file. */
const FILE_NAME = 'yunxin-diagnostics.json';

/**
 * Gives the bundle to the user: in WeChat as a file to send in a chat, or on the clipboard where WeChat
 * cannot send files; in a browser as a download. Call it from a tap: it opens WeChat's picker in the same
 * turn, as WeChat demands. When neither way works, it returns WeChat's reason.
 */
export async function shareBundle(text: string, { clock }: Platform): Promise<Shared | WxFailure> {
  if (process.env.TARO_ENV === 'h5') {
    download(text, (done) => clock.setTimeout(done, 0));
    return 'downloaded';
  }
  // WeChat on a computer and base libraries before 2.16.1 cannot send files.
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

/** Returns false when the user's file storage is full or not writable. */
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
  // The browser reads the address after this turn.
  later(() => URL.revokeObjectURL(address));
}
