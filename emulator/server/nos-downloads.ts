import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import type { Faults } from '../faults/faults';
import { mediaInfo } from './media-info';
import { NOS_PATHS, type ObjectStore, type StoredObject } from './object-store';
import { posterOf, thumbnailOf } from './thumbnails';

const DEFAULT_BYTES_PER_SECOND = 200_000;
const SLICE = 16_384;

function textIn(query: Record<string, unknown>, name: string): string {
  const value = query[name];
  return typeof value === 'string' ? value : '';
}

/** Returns the first and the last byte of a `Range` header with a single range. */
function rangeOf(header: string | undefined, size: number): [number, number] | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') return [Math.max(0, size - Number(match[2])), size - 1];
  return [Number(match[1]), match[2] ? Math.min(Number(match[2]), size - 1) : size - 1];
}

/** Sends an object, or the range of it that a player asks for. */
function sendObject(
  reply: FastifyReply,
  { content, contentType }: StoredObject,
  rangeHeader: string | undefined,
): FastifyReply {
  void reply.type(contentType).header('accept-ranges', 'bytes');
  const range = rangeOf(rangeHeader, content.length);
  if (!range) return reply.send(content);
  const [first, last] = range;
  if (first > last) {
    return reply.code(416).header('content-range', `bytes */${content.length}`).send();
  }
  return reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${content.length}`)
    .send(content.subarray(first, last + 1));
}

async function* slowly(content: Buffer, bytesPerSecond: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += SLICE) {
    const slice = content.subarray(at, at + SLICE);
    await pause((slice.length / bytesPerSecond) * 1000);
    yield slice;
  }
}

/** Adds the download route: objects, their size and duration, thumbnails of pictures, posters of videos. */
export function registerDownloads(
  app: FastifyInstance,
  { store, faults }: { store: ObjectStore; faults: Faults },
): void {
  app.get<{ Params: { objectName: string } }>(
    `${NOS_PATHS.download}/:objectName`,
    async (request, reply) => {
      const { objectName } = request.params;
      const fault = faults.strike(
        'download',
        {},
        (candidate) => candidate.objectName === undefined || candidate.objectName === objectName,
      );
      if (fault?.how === 'hang') return reply.hijack();
      if (fault?.how === 'status') {
        const status = fault.status ?? 503;
        return reply.code(status).send({ code: status, message: 'refused' });
      }
      const object = store.find(objectName);
      if (!object) return reply.code(404).send({ code: 404, message: 'no such object' });
      const query = request.query as Record<string, unknown>;
      const { content } = object;
      if ('imageInfo' in query) {
        const { width, height } = mediaInfo(content);
        return { Width: width, Height: height, Size: content.length };
      }
      if ('vinfo' in query) {
        const { width, height, duration } = mediaInfo(content);
        const size = width > 0 ? { Width: width, Height: height } : {};
        const length = duration > 0 ? { Duration: duration } : {};
        return { GetVideoInfo: { VideoInfo: { ...size, ...length } } };
      }
      if ('imageView' in query) {
        const picture = thumbnailOf(object, textIn(query, 'thumbnail'));
        return reply.type(picture.contentType).send(picture.content);
      }
      if ('vframe' in query) {
        const offset = Number(textIn(query, 'offset')) || 0;
        const picture = posterOf(objectName, content, textIn(query, 'resize'), offset);
        return reply.type(picture.contentType).send(picture.content);
      }
      object.downloads += 1;
      if (fault?.how === 'slow') {
        const rate = fault.bytesPerSecond ?? DEFAULT_BYTES_PER_SECOND;
        void reply.type(object.contentType).header('content-length', content.length);
        return reply.send(Readable.from(slowly(content, rate)));
      }
      return sendObject(reply, object, request.headers.range);
    },
  );
}
