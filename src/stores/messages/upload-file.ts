import { answered, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';

/** Longest time of an upload, ms: a picture, or the at most 2 MB of forwarded messages. */
const UPLOAD_MS = 60_000;

/**
 * Uploads a file to the file server; resolves to its address.
 * @throws ConnectionError, 191005 after 60 s
 */
export function uploadFile(
  { services: { storage } }: ImConnection,
  clock: Clock,
  file: string | File,
): Promise<string> {
  const upload = () =>
    storage.uploadFile(storage.createUploadFileTask({ fileObj: file }), () => undefined);
  return answered(clock, upload, UPLOAD_MS);
}
