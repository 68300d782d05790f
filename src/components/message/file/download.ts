import Taro from '@tarojs/taro';
import { type Clock, type WxFailure, wxSilence } from '@/platform';
import { wxTask } from '../../page/wx-call';

/** Longest time without a new byte, ms. WeChat's own limit counts from the start and breaks off large files. */
const SILENCE_MS = 30_000;
/** Longest time of a download, ms: 100 MB at 200 KB/s take 500 s. */
const LONGEST_MS = 10 * 60_000;
/** Shortest time between two reports of the progress, ms: each report is a call of setData. */
const REPORT_MS = 300;

const OK = 200;
const NOT_FOUND = 404;
const GONE = 410;

export type DownloadResult =
  | { readonly kind: 'file'; readonly path: string }
  /** The server does not have the file any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly failure: WxFailure | null };

export interface Download {
  readonly result: Promise<DownloadResult>;
  abort(): void;
}

interface DownloadOptions {
  readonly clock: Clock;
  /** 0 to 100; at most three calls a second. */
  readonly onProgress: (percent: number) => void;
}

/** Downloads an address to a temporary file of the mini-program. The result never rejects, and always comes. */
export function download(url: string, { clock, onProgress }: DownloadOptions): Download {
  let abort: () => void = () => undefined;
  const result = new Promise<DownloadResult>((resolve) => {
    let task: Taro.DownloadTask | undefined;
    let isOver = false;
    const finish = (outcome: DownloadResult) => {
      if (isOver) return;
      isOver = true;
      clock.clearTimeout(silence);
      resolve(outcome);
    };
    const stop = (outcome: DownloadResult) => {
      finish(outcome);
      task?.abort();
    };
    const onSilence = () => stop({ kind: 'failed', failure: wxSilence('downloadFile') });
    let silence = clock.setTimeout(onSilence, SILENCE_MS);
    let received = 0;
    let reportedAt = -Infinity;
    const heard = (percent: number, bytes: number) => {
      if (isOver) return;
      if (bytes > received) {
        received = bytes;
        clock.clearTimeout(silence);
        silence = clock.setTimeout(onSilence, SILENCE_MS);
      }
      if (clock.now() - reportedAt < REPORT_MS) return;
      reportedAt = clock.now();
      onProgress(Math.max(0, Math.min(100, Math.round(percent) || 0)));
    };
    abort = () => stop({ kind: 'aborted' });
    const watch = (running: Taro.DownloadTask.DownloadTaskPromise) => {
      running.onProgressUpdate(({ progress, totalBytesWritten }) =>
        heard(progress, totalBytesWritten),
      );
      task = running;
    };
    void wxTask(() => Taro.downloadFile({ url, timeout: LONGEST_MS }), watch).then((answer) =>
      finish(answer.ok ? outcomeOf(answer.value) : failed(answer.failure)),
    );
  });
  return { result, abort: () => abort() };
}

function outcomeOf({
  statusCode,
  tempFilePath,
}: Taro.downloadFile.FileSuccessCallbackResult): DownloadResult {
  if (statusCode === OK && tempFilePath) return { kind: 'file', path: tempFilePath };
  if (statusCode === NOT_FOUND || statusCode === GONE) return { kind: 'gone' };
  return { kind: 'failed', failure: null };
}

function failed(failure: WxFailure): DownloadResult {
  return { kind: 'failed', failure };
}
