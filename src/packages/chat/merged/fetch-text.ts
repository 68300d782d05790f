import Taro from '@tarojs/taro';
import { wxCall, type WxOutcome } from '@/components/page/wx-call';

/** Largest file of forwarded messages that is read, bytes. 100 messages of 5,000 characters have 1.5 MB. */
const MOST_BYTES = 4 * 2 ** 20;
/** Milliseconds; `wxCall` gives up at the same time. */
const TIMEOUT_MS = 10_000;
const OK = 200;
const NOT_FOUND = 404;
const GONE = 410;

export type FetchedText =
  | { readonly text: string }
  /** The server has no such file. */
  | { readonly problem: 'gone' }
  | { readonly problem: 'tooLarge' }
  /** A row of the reasons table, or the status of the answer. */
  | { readonly problem: 'failed'; readonly code: number };

interface Answer {
  readonly status: number;
  /** Bytes; 0 when the server does not say. */
  readonly size: number;
  readonly text: () => Promise<string>;
}

/** Downloads a text file. Never rejects. */
export async function fetchText(url: string): Promise<FetchedText> {
  const answer = await (process.env.TARO_ENV === 'h5' ? fetchInBrowser(url) : download(url));
  if (!answer.ok) return { problem: 'failed', code: answer.failure.code };
  const { status, size, text } = answer.value;
  if (status === NOT_FOUND || status === GONE) return { problem: 'gone' };
  if (status !== OK) return { problem: 'failed', code: status };
  if (size > MOST_BYTES) return { problem: 'tooLarge' };
  const read = await wxCall(text);
  if (!read.ok) return { problem: 'failed', code: read.failure.code };
  return read.value.length > MOST_BYTES ? { problem: 'tooLarge' } : { text: read.value };
}

async function fetchInBrowser(url: string): Promise<WxOutcome<Answer>> {
  return await wxCall(async () => {
    const response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    return {
      status: response.status,
      size: Number(response.headers.get('content-length')) || 0,
      text: () => response.text(),
    };
  });
}

/** File hosts are on WeChat's list for downloads, not on the list for requests. */
async function download(url: string): Promise<WxOutcome<Answer>> {
  const answer = await wxCall(() => Taro.downloadFile({ url, timeout: TIMEOUT_MS }));
  if (!answer.ok) return answer;
  const { statusCode, tempFilePath, header } = answer.value;
  const sizes = Object.entries(header ?? {}).filter(([name]) => /^content-length$/i.test(name));
  const value = {
    status: statusCode,
    size: Number(sizes[0]?.[1]) || 0,
    text: () => readFile(tempFilePath),
  };
  return { ok: true, value };
}

function readFile(filePath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    Taro.getFileSystemManager().readFile({
      filePath,
      encoding: 'utf8',
      success: ({ data }) => resolve(String(data)),
      fail: reject,
    });
  });
}
