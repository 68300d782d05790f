import { createHash } from 'node:crypto';
import { contentTypeOf } from './media-type';

/** The only bucket of the local upload host. */
export const NOS_BUCKET = 'emulator';

/** Path prefixes of the upload and download hosts; LBS names the first two, `6_26` names the last. */
export const NOS_PATHS = { upload: '/nos', chunk: '/nos-chunk', download: '/nos' } as const;

/** An object of the upload host. Times in ms. */
export interface StoredObject {
  objectName: string;
  content: Buffer;
  contentType: string;
  /** Name that the client gave to the file; '' without a name. */
  fileName: string;
  md5: string;
  storedAt: number;
  /** Time from which downloads are answered with 404; 0 = never. */
  expiresAt: number;
  downloads: number;
}

/** A stored object without its bytes. */
export interface ObjectView extends Omit<StoredObject, 'content'> {
  size: number;
  expired: boolean;
}

/** `lost`: the object is stored, but the answer did not reach the client. */
export type UploadState = 'running' | 'stored' | 'part' | 'cut' | 'refused' | 'lost';

/** A request to the upload host: a form or a part of a file. */
export interface UploadView {
  objectName: string;
  via: 'form' | 'chunk';
  /** Received bytes of the body, and its whole length. */
  received: number;
  total: number;
  state: UploadState;
}

export interface NewObject {
  content: Buffer;
  contentType?: string;
  fileName?: string;
  /** Life of the object in seconds; 0 (the default) = without an end. */
  survivalSeconds?: number;
}

/** Objects and requests of the upload host, in memory. */
export class ObjectStore {
  private readonly stored = new Map<string, StoredObject>();
  private readonly parts = new Map<string, Buffer>();
  private readonly requests: UploadView[] = [];

  constructor(private readonly now: () => number) {}

  /** Stores an object or replaces the object of the same name. */
  put(objectName: string, object: NewObject): StoredObject {
    const { content, fileName = '', survivalSeconds = 0 } = object;
    const stored: StoredObject = {
      objectName,
      content,
      contentType: contentTypeOf(content, object.contentType ?? '', fileName),
      fileName,
      md5: createHash('md5').update(content).digest('hex'),
      storedAt: this.now(),
      expiresAt: survivalSeconds > 0 ? this.now() + survivalSeconds * 1000 : 0,
      downloads: 0,
    };
    this.stored.set(objectName, stored);
    return stored;
  }

  private isExpired({ expiresAt }: StoredObject): boolean {
    return expiresAt > 0 && expiresAt <= this.now();
  }

  /** Returns an object that has not expired. */
  find(objectName: string): StoredObject | undefined {
    const object = this.stored.get(objectName);
    return object && !this.isExpired(object) ? object : undefined;
  }

  /** Returns the stored objects, oldest first, including expired objects. */
  objects(): ObjectView[] {
    return [...this.stored.values()].map(({ content, ...view }) => {
      return { ...view, size: content.length, expired: this.isExpired({ content, ...view }) };
    });
  }

  /** Returns the objects with these bytes; a file that was uploaded twice has two objects. */
  objectsOf(content: Buffer): ObjectView[] {
    const md5 = createHash('md5').update(content).digest('hex');
    return this.objects().filter((object) => object.md5 === md5);
  }

  /** Makes downloads of an object answer 404 from now on; false for an unknown object. */
  expire(objectName: string): boolean {
    const object = this.stored.get(objectName);
    if (object) object.expiresAt = this.now();
    return object !== undefined;
  }

  /** Returns the requests to the upload host, oldest first. */
  uploads(): readonly UploadView[] {
    return this.requests;
  }

  /** Adds a request to the list; the upload host updates the returned record. */
  openUpload(upload: Pick<UploadView, 'objectName' | 'via' | 'total'>): UploadView {
    const record: UploadView = { ...upload, received: 0, state: 'running' };
    this.requests.push(record);
    return record;
  }

  /** Removes all objects, parts and requests. */
  clear(): void {
    this.stored.clear();
    this.parts.clear();
    this.requests.length = 0;
  }

  /**
   * Writes a part at `offset` and returns the number of bytes so far. Bytes after `offset` are replaced, so a part
   * that is sent again does not double. A part beyond the end is not written; the client continues at the result.
   */
  writePart(objectName: string, offset: number, part: Buffer): number {
    const sofar = this.parts.get(objectName) ?? Buffer.alloc(0);
    if (offset > sofar.length) return sofar.length;
    const joined = Buffer.concat([sofar.subarray(0, offset), part]);
    this.parts.set(objectName, joined);
    return joined.length;
  }

  /** Makes an object of the parts. */
  completeParts(objectName: string, object: Omit<NewObject, 'content'>): StoredObject {
    const content = this.parts.get(objectName) ?? Buffer.alloc(0);
    this.parts.delete(objectName);
    return this.put(objectName, { ...object, content });
  }

  /** Number of bytes of an object that is uploaded in parts. */
  offset(objectName: string): number {
    return this.parts.get(objectName)?.length ?? this.stored.get(objectName)?.content.length ?? 0;
  }
}
