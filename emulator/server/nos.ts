import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Faults } from '../faults/faults';
import { type MediaInfo, mediaInfo } from './media-info';
import { type FormPart, parseMultipart } from './multipart';
import { registerDownloads } from './nos-downloads';
import { NOS_PATHS, type ObjectStore, type StoredObject, type UploadView } from './object-store';
import { readUpload } from './upload-body';

export interface NosOptions {
  store: ObjectStore;
  faults: Faults;
  /** Origin of download URLs. */
  origin: () => string;
}

/** Content of an upload token: what the client wanted in `6_2`. */
interface TokenContent {
  responseBody: string;
  survivalSeconds: number;
}

/** Fills NOS's variables into the response body that the client gave in `6_2` (with escaped quotes). */
function fillResponseBody(template: string, object: StoredObject): Record<string, unknown> {
  const info: MediaInfo = mediaInfo(object.content);
  const variables: Record<string, string | number> = {
    Etag: object.md5,
    ObjectSize: object.content.length,
    'ImageInfo.Width': info.width,
    'ImageInfo.Height': info.height,
    'ImageInfo.Orientation': '',
    'AVinfo.Audio.Duration': info.duration,
    'AVinfo.Video.Duration': info.duration,
    'AVinfo.Video.Width': info.width,
    'AVinfo.Video.Height': info.height,
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

/** Writes the token of `6_2`; like a token of NOS, it contains what the client wants from the upload host. */
export function writeToken(content: TokenContent): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

function readToken(token: string): TokenContent {
  const nothing = { responseBody: '{}', survivalSeconds: 0 };
  try {
    const parsed = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as TokenContent;
    return { ...nothing, ...parsed };
  } catch {
    return nothing;
  }
}

/** Adds the routes of the upload host (form and chunked) and the download host. */
export function registerNos(root: FastifyInstance, options: NosOptions): void {
  void root.register(async (app) => {
    // The routes read bodies themselves, because a fault may end or slow the reading.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    registerForm(app, options);
    registerChunks(app, options);
    registerDownloads(app, options);
  });
}

function openUpload(
  { store }: NosOptions,
  request: FastifyRequest,
  objectName: string,
  via: UploadView['via'],
): UploadView {
  return store.openUpload({
    objectName,
    via,
    total: Number(request.headers['content-length'] ?? 0),
  });
}

/** Reads a body; returns undefined when the request has got its answer or never gets an answer. */
async function takeBody(
  { faults }: NosOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  view: UploadView,
): Promise<{ bytes: Buffer; complete: boolean; loseAnswer: boolean } | undefined> {
  const fault = faults.strike('upload');
  const payload = request.body as IncomingMessage | undefined;
  if (!payload) return { bytes: Buffer.alloc(0), complete: true, loseAnswer: false };
  const { bytes, outcome } = await readUpload(payload, fault, view);
  if (typeof outcome === 'object') {
    await reply.code(outcome.status).send({ errCode: outcome.status, errMsg: 'refused' });
    return undefined;
  }
  if (outcome !== 'complete') reply.hijack();
  if (outcome === 'silent') return undefined;
  return { bytes, complete: outcome === 'complete', loseAnswer: fault?.how === 'lostAnswer' };
}

/** Ends a request whose object is stored: with the answer, or without for a lost answer. */
function finish(
  request: FastifyRequest,
  reply: FastifyReply,
  view: UploadView,
  lose: boolean,
  answer: unknown,
): unknown {
  if (!lose) return answer;
  view.state = 'lost';
  reply.hijack();
  request.raw.socket.destroy();
  return undefined;
}

function registerForm(app: FastifyInstance, options: NosOptions): void {
  const { store, origin } = options;
  app.post<{ Params: { bucket: string } }>(
    `${NOS_PATHS.upload}/:bucket`,
    async (request, reply) => {
      const view = openUpload(options, request, '', 'form');
      const body = await takeBody(options, request, reply, view);
      if (!body) return reply;
      const parts = parseMultipart(request.headers['content-type'] ?? '', body.bytes);
      const field = (name: string): string =>
        parts.find((part) => part.name === name)?.content.toString('utf8') ?? '';
      view.objectName = field('Object');
      if (!body.complete) return reply;
      const file: FormPart | undefined = parts.find((part) => part.filename !== undefined);
      if (!file || !view.objectName) {
        view.state = 'refused';
        return reply.code(400).send({ code: 414, message: 'Object and file are required' });
      }
      const token = readToken(field('x-nos-token'));
      const object = store.put(view.objectName, {
        content: file.content,
        contentType: file.contentType,
        fileName: file.filename ?? '',
        survivalSeconds: token.survivalSeconds,
      });
      view.state = 'stored';
      const url = `${origin()}${NOS_PATHS.download}/${view.objectName}`;
      const answer = { ...fillResponseBody(token.responseBody, object), url };
      return finish(request, reply, view, body.loseAnswer, answer) ?? reply;
    },
  );
}

interface ChunkRoute {
  Params: { bucket: string; objectName: string };
  Querystring: { complete?: string; context?: string; offset?: string };
}

function registerChunks(app: FastifyInstance, options: NosOptions): void {
  const { store } = options;
  const path = `${NOS_PATHS.chunk}/:bucket/:objectName`;
  app.post<ChunkRoute>(path, async (request, reply) => {
    const { objectName } = request.params;
    const view = openUpload(options, request, objectName, 'chunk');
    const body = await takeBody(options, request, reply, view);
    // NOS keeps whole parts only; the bytes of a cut part are dropped.
    if (!body?.complete) return reply;
    const offset = store.writePart(objectName, Number(request.query.offset ?? 0), body.bytes);
    view.state = 'part';
    if (request.query.complete === 'true') {
      store.completeParts(objectName, {
        contentType: request.headers['content-type'] ?? '',
        survivalSeconds: readToken(String(request.headers['x-nos-token'] ?? '')).survivalSeconds,
      });
      view.state = 'stored';
    }
    const answer = { context: request.query.context || objectName, offset };
    return finish(request, reply, view, body.loseAnswer, answer) ?? reply;
  });

  app.get<ChunkRoute>(path, async (request) => ({
    offset: store.offset(request.params.objectName),
  }));
}
