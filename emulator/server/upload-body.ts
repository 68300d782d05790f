import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { UploadFault } from '../faults/fault-types';
import type { UploadView } from './object-store';

const DEFAULT_CUT_PERCENT = 50;
const DEFAULT_BYTES_PER_SECOND = 200_000;
const DEFAULT_STATUS = 503;

/** Result of reading an upload: its bytes, or the status of a refusal, or neither when the fault took the request. */
export interface UploadBody {
  /** Bytes that arrived, also of a cut request. */
  bytes: Buffer;
  outcome: 'complete' | 'cut' | 'silent' | { status: number };
}

/** Reads the body of an upload with an upload fault, and counts the bytes in `view`. */
export async function readUpload(
  request: IncomingMessage,
  fault: UploadFault | undefined,
  view: UploadView,
): Promise<UploadBody> {
  const { socket } = request;
  const limit =
    fault?.how === 'cut'
      ? Math.floor((view.total * (fault.percent ?? DEFAULT_CUT_PERCENT)) / 100)
      : Number.POSITIVE_INFINITY;
  const bytesPerSecond =
    fault?.how === 'slow'
      ? (fault.bytesPerSecond ?? DEFAULT_BYTES_PER_SECOND)
      : fault?.bytesPerSecond;
  const chunks: Buffer[] = [];
  const cut = (): UploadBody => {
    view.state = 'cut';
    return { bytes: Buffer.concat(chunks), outcome: 'cut' };
  };
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      const rest = limit - view.received;
      const taken = chunk.length > rest ? chunk.subarray(0, rest) : chunk;
      if (bytesPerSecond) await pause((taken.length / bytesPerSecond) * 1000);
      chunks.push(taken);
      view.received += taken.length;
      if (view.received >= limit) {
        socket.destroy();
        return cut();
      }
    }
  } catch {
    // The client closed the connection: a cancelled upload or a lost network.
    return cut();
  }
  const bytes = Buffer.concat(chunks);
  if (fault?.how === 'hang') return { bytes, outcome: 'silent' };
  if (fault?.how !== 'status') return { bytes, outcome: 'complete' };
  view.state = 'refused';
  return { bytes, outcome: { status: fault.status ?? DEFAULT_STATUS } };
}
