import { Code } from './codes';
import type { SdkError } from './nim-port';

/** Anything that the SDK threw, rejected with or passed to a listener, as an SdkError. */
export function toSdkError(error: unknown): SdkError {
  if (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'number'
  ) {
    const { code, desc, detail } = error as SdkError;
    return { code, ...(desc ? { desc } : {}), ...(detail ? { detail } : {}) };
  }
  return { code: Code.internal, desc: error instanceof Error ? error.message : String(error) };
}
