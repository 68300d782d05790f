import Taro from '@tarojs/taro';
import { download } from '@/components/message/file/download';
import { FakeClock } from '../fakes/fake-clock';

jest.mock('@tarojs/taro', () => ({ downloadFile: jest.fn() }));

type Progress = { progress: number; totalBytesWritten: number };

/** A transfer of WeChat whose progress and end the test decides. */
function transfer() {
  let answer: { resolve: (value: object) => void; reject: (error: object) => void } | undefined;
  let report: (progress: Progress) => void = () => undefined;
  const promise = new Promise<object>((resolve, reject) => {
    answer = { resolve, reject };
  });
  const abort = jest.fn(() => answer?.reject({ errMsg: 'downloadFile:fail abort' }));
  const task = Object.assign(promise, {
    abort,
    onProgressUpdate: (listener: typeof report) => {
      report = listener;
    },
  });
  jest.mocked(Taro.downloadFile).mockReturnValueOnce(task as never);
  return {
    abort,
    end: (statusCode: number, tempFilePath = '') => answer?.resolve({ statusCode, tempFilePath }),
    fail: (errMsg: string) => answer?.reject({ errMsg }),
    progress: (progress: number, totalBytesWritten = progress * 10) =>
      report({ progress, totalBytesWritten }),
  };
}

function start() {
  const clock = new FakeClock();
  const seen: number[] = [];
  const task = transfer();
  const running = download('https://files.example/a.pdf', {
    clock,
    onProgress: (percent) => seen.push(percent),
  });
  return { clock, seen, running, ...task };
}

describe('a download', () => {
  it.each([
    [200, 'http://tmp/1', { kind: 'file', path: 'http://tmp/1' }],
    [404, 'http://tmp/1', { kind: 'gone' }],
    [410, '', { kind: 'gone' }],
    [403, 'http://tmp/1', { kind: 'failed', failure: null }],
    [200, '', { kind: 'failed', failure: null }],
  ])('with status %i and the path "%s": %j', async (status, path, result) => {
    const { running, end, clock } = start();
    end(status, path);
    expect(await running.result).toEqual(result);
    expect(clock.pending).toBe(0);
  });

  it('fails with the reason of WeChat', async () => {
    const { running, fail } = start();
    fail('downloadFile:fail url not in domain list');
    expect(await running.result).toMatchObject({
      kind: 'failed',
      failure: { errMsg: 'downloadFile:fail url not in domain list' },
    });
  });

  it('fails when WeChat throws at once', async () => {
    jest.mocked(Taro.downloadFile).mockImplementationOnce(() => {
      throw new TypeError('downloadFile is not a function');
    });
    const running = download('https://a', { clock: new FakeClock(), onProgress: () => undefined });
    expect(await running.result).toMatchObject({ kind: 'failed', failure: { kind: 'missing' } });
  });

  it('ends after 30 s without a new byte, and not while bytes come', async () => {
    const { clock, running, progress, abort, seen } = start();
    await clock.advance(29_000);
    progress(1);
    await clock.advance(29_000);
    // The same number of bytes is no progress.
    progress(1);
    expect(abort).not.toHaveBeenCalled();
    await clock.advance(1_000);
    expect(abort).toHaveBeenCalledTimes(1);
    expect(await running.result).toMatchObject({ kind: 'failed', failure: { kind: 'silent' } });
    expect(seen).toEqual([1, 1]);
    expect(clock.pending).toBe(0);
  });

  it('reports its progress at most every 300 ms, within 0 to 100, and not after its end', async () => {
    const { clock, running, progress, seen } = start();
    for (let percent = 1; percent <= 60; percent++) {
      progress(percent);
      await clock.advance(10);
    }
    expect(seen).toEqual([1, 31]);
    await clock.advance(300);
    progress(NaN, 700);
    await clock.advance(300);
    progress(250, 800);
    running.abort();
    await clock.advance(300);
    progress(99, 900);
    expect(seen).toEqual([1, 31, 0, 100]);
    expect(await running.result).toEqual({ kind: 'aborted' });
  });

  it('that is aborted stays aborted when the file arrives', async () => {
    const { running, end, abort } = start();
    abort.mockImplementation(() => undefined);
    running.abort();
    end(200, 'http://tmp/1');
    expect(await running.result).toEqual({ kind: 'aborted' });
  });
});
