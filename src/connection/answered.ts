import { type Clock, foreignCall } from '@/platform';
import { Code } from '@/sdk/codes';
import { ConnectionError } from './connection-error';

/** The SDK itself gives a request up after 8 s. */
const ANSWER_MS = 10_000;

/**
 * The answer to a request to the server, within 10 s or `limitMs`.
 * @throws ConnectionError
 */
export async function answered<T>(
  clock: Clock,
  request: () => Promise<T>,
  limitMs = ANSWER_MS,
): Promise<T> {
  try {
    return await foreignCall(request, {
      clock,
      limitMs,
      onLimit: () => new ConnectionError(Code.timeout),
    });
  } catch (cause) {
    throw ConnectionError.from(cause);
  }
}
