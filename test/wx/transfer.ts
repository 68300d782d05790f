import { randomUUID } from 'node:crypto';
import { isFields, Listeners, settle, text, WxFailure } from './api';
import type { WxContext } from './context';
import type { FileStore } from './files';
import { checkAddress, HttpCall } from './http';
import type { Callbacks, Fields } from './options';
import { headersOf, type RequestRecord } from './request';

const DEFAULT_TIMEOUT_MS = 60_000;

/** The task that both transfers return, and the failure that `abort()` causes. */
function transferTask(context: WxContext) {
  const progress = new Listeners<Fields>(context);
  const headers = new Listeners<Fields>(context);
  const state: { call?: HttpCall; aborted: boolean } = { aborted: false };
  const task = {
    abort: () => {
      state.aborted = true;
      state.call?.abort();
    },
    onProgressUpdate: progress.on,
    offProgressUpdate: progress.off,
    onHeadersReceived: headers.on,
    offHeadersReceived: headers.off,
  };
  return { task, progress, headers, state };
}

function multipart(
  boundary: string,
  fields: unknown,
  name: string,
  fileName: string,
  bytes: Buffer,
) {
  const parts: Buffer[] = [];
  const head = (disposition: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
  for (const [key, value] of Object.entries(isFields(fields) ? fields : {})) {
    parts.push(Buffer.from(`${head(`name="${key}"`)}\r\n${String(value)}\r\n`));
  }
  const type = 'Content-Type: application/octet-stream';
  parts.push(Buffer.from(`${head(`name="${name}"; filename="${fileName}"`)}${type}\r\n\r\n`));
  parts.push(bytes, Buffer.from(`\r\n--${boundary}--\r\n`));
  return Buffer.concat(parts);
}

/** `wx.uploadFile`: a real multipart POST of a file of the fake file system, with progress. */
export function makeUploadFile(context: WxContext, files: FileStore, log: RequestRecord[]) {
  return (options: Fields & Callbacks) => {
    const url = text(options.url);
    const { task, progress, headers, state } = transferTask(context);
    const record: RequestRecord = {
      api: 'uploadFile',
      url,
      method: 'POST',
      header: headersOf(options.header),
      data: options.formData,
    };
    log.push(record);
    const run = async (): Promise<Fields> => {
      checkAddress(context, 'uploadFile', url);
      const path = text(options.filePath);
      const bytes = files.read(path);
      if (!bytes) throw new WxFailure('file not found', 600008);
      await Promise.resolve();
      if (state.aborted) throw new WxFailure('abort');
      const boundary = `----wx${randomUUID()}`;
      const fileName = text(options.fileName) || (path.split('/').pop() ?? 'file');
      const body = multipart(
        boundary,
        options.formData,
        text(options.name, 'file'),
        fileName,
        bytes,
      );
      state.call = new HttpCall(context, url, {
        method: 'POST',
        headers: {
          ...record.header,
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': String(body.length),
        },
        body,
        timeoutMs: Number(options.timeout) || DEFAULT_TIMEOUT_MS,
        onHeaders: (header) => headers.emit({ header }),
        onSent: (sent, total) =>
          progress.emit({
            progress: Math.floor((sent / total) * 100),
            totalBytesSent: sent,
            totalBytesExpectedToSend: total,
          }),
      });
      const answer = await state.call.answer;
      record.statusCode = answer.statusCode;
      // WeChat never parses the response of an upload.
      return {
        data: answer.body.toString('utf8'),
        statusCode: answer.statusCode,
        header: answer.header,
      };
    };
    finish(context, 'uploadFile', options, record, run());
    return task;
  };
}

/** `wx.downloadFile`: stores the body in the fake file system, at `filePath` or a temporary path. */
export function makeDownloadFile(context: WxContext, files: FileStore, log: RequestRecord[]) {
  return (options: Fields & Callbacks) => {
    const url = text(options.url);
    const { task, progress, headers, state } = transferTask(context);
    const record: RequestRecord = {
      api: 'downloadFile',
      url,
      method: 'GET',
      header: headersOf(options.header),
      data: undefined,
    };
    log.push(record);
    const run = async (): Promise<Fields> => {
      checkAddress(context, 'downloadFile', url);
      await Promise.resolve();
      if (state.aborted) throw new WxFailure('abort');
      state.call = new HttpCall(context, url, {
        method: 'GET',
        headers: record.header,
        timeoutMs: Number(options.timeout) || DEFAULT_TIMEOUT_MS,
        onHeaders: (header) => headers.emit({ header }),
        onReceived: (received, expected) =>
          progress.emit({
            progress: expected ? Math.floor((received / expected) * 100) : 0,
            totalBytesWritten: received,
            totalBytesExpectedToWrite: expected,
          }),
      });
      const answer = await state.call.answer;
      record.statusCode = answer.statusCode;
      const wanted = text(options.filePath);
      const path = wanted || files.temporaryPath(new URL(url).pathname.split('.').pop());
      files.write(path, answer.body);
      const where = wanted ? { filePath: path } : { tempFilePath: path };
      return { ...where, statusCode: answer.statusCode, header: answer.header };
    };
    finish(context, 'downloadFile', options, record, run());
    return task;
  };
}

function finish(
  context: WxContext,
  name: string,
  options: Callbacks,
  record: RequestRecord,
  work: Promise<Fields>,
): void {
  work.then(
    (result) => settle(context, name, options, { result }),
    (error: unknown) => {
      record.errMsg = error instanceof WxFailure ? error.reason : String(error);
      settle(context, name, options, { error });
    },
  );
}
