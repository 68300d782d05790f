import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { imageSize } from './image-size';
import { parseMultipart } from './multipart';

/** The one bucket of the local upload host. */
export const NOS_BUCKET = 'emulator';

/** Where the routes below hang; LBS names the first two, `6_26` the last. */
export const NOS_PATHS = { upload: '/nos', chunk: '/nos-chunk', download: '/nos' } as const;

interface StoredFile {
  content: Buffer;
  contentType: string;
}

/** Uploaded files, in memory. */
export class NosStore {
  private readonly files = new Map<string, StoredFile>();
  private readonly chunks = new Map<string, Buffer[]>();

  put(objectName: string, file: StoredFile): void {
    this.files.set(objectName, file);
  }

  get(objectName: string): StoredFile | undefined {
    return this.files.get(objectName);
  }

  /** Adds a part and returns the bytes so far; the file exists when `complete`. */
  append(objectName: string, part: Buffer, complete: boolean, contentType: string): number {
    const parts = [...(this.chunks.get(objectName) ?? []), part];
    this.chunks.set(objectName, parts);
    if (complete) {
      this.put(objectName, { content: Buffer.concat(parts), contentType });
      this.chunks.delete(objectName);
    }
    return parts.reduce((sum, each) => sum + each.length, 0);
  }

  offset(objectName: string): number {
    return (this.chunks.get(objectName) ?? []).reduce((sum, each) => sum + each.length, 0);
  }
}

/** Fills NOS's variables into the body the client asked for in `6_2` (its quotes come escaped). */
function fillResponseBody(template: string, file: StoredFile): Record<string, unknown> {
  const size = imageSize(file.content);
  const variables: Record<string, string | number> = {
    Etag: createHash('md5').update(file.content).digest('hex'),
    ObjectSize: file.content.length,
    'ImageInfo.Width': size?.width ?? 0,
    'ImageInfo.Height': size?.height ?? 0,
    'ImageInfo.Orientation': '',
    'AVinfo.Audio.Duration': 0,
    'AVinfo.Video.Duration': 0,
    'AVinfo.Video.Width': 0,
    'AVinfo.Video.Height': 0,
  };
  const filled = template
    .replaceAll('\\"', '"')
    .replace(/"\$\(([\w.]+)\)"/g, (_all, name: string) => JSON.stringify(variables[name] ?? ''));
  try {
    return JSON.parse(filled) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function responseBodyOf(token: string): string {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    const body = (parsed as { responseBody?: unknown }).responseBody;
    return typeof body === 'string' ? body : '{}';
  } catch {
    return '{}';
  }
}

/** The upload host (form and chunked) and the download host. `origin` makes download URLs. */
export function registerNos(root: FastifyInstance, store: NosStore, origin: () => string): void {
  void root.register(async (app) => {
    // A file is bytes here, whatever its type says.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, content, done) =>
      done(null, content),
    );
    registerUploads(app, store, origin);
    registerDownloads(app, store);
  });
}

function registerUploads(app: FastifyInstance, store: NosStore, origin: () => string): void {
  app.post<{ Params: { bucket: string } }>(
    `${NOS_PATHS.upload}/:bucket`,
    async (request, reply) => {
      const parts = parseMultipart(request.headers['content-type'] ?? '', request.body);
      const file = parts.find((part) => part.filename !== undefined);
      const field = (name: string): string =>
        parts.find((part) => part.name === name)?.content.toString('utf8') ?? '';
      const objectName = field('Object');
      if (!file || !objectName) {
        return reply.code(400).send({ code: 414, message: 'Object and file are required' });
      }
      const stored = { content: file.content, contentType: file.contentType };
      store.put(objectName, stored);
      const body = fillResponseBody(responseBodyOf(field('x-nos-token')), stored);
      return { ...body, url: `${origin()}${NOS_PATHS.download}/${objectName}` };
    },
  );

  app.post<{
    Params: { bucket: string; objectName: string };
    Querystring: { complete?: string; context?: string };
  }>(`${NOS_PATHS.chunk}/:bucket/:objectName`, async (request) => {
    const { objectName } = request.params;
    const part = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    const complete = request.query.complete === 'true';
    const offset = store.append(objectName, part, complete, contentType);
    return { context: request.query.context || objectName, offset };
  });

  app.get<{ Params: { bucket: string; objectName: string } }>(
    `${NOS_PATHS.chunk}/:bucket/:objectName`,
    async (request) => ({ offset: store.offset(request.params.objectName) }),
  );
}

function registerDownloads(app: FastifyInstance, store: NosStore): void {
  app.get<{ Params: { objectName: string } }>(
    `${NOS_PATHS.download}/:objectName`,
    async (request, reply) => {
      const file = store.get(request.params.objectName);
      if (!file) return reply.code(404).send({ code: 404, message: 'no such object' });
      const query = request.query as Record<string, unknown>;
      if ('imageInfo' in query) {
        const size = imageSize(file.content);
        return { Width: size?.width ?? 0, Height: size?.height ?? 0, Size: file.content.length };
      }
      if ('vinfo' in query) return { GetVideoInfo: { VideoInfo: {} } };
      return reply.type(file.contentType).send(file.content);
    },
  );
}
