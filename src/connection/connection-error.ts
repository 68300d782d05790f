import type { SdkError } from '@/sdk';
import { Code } from '@/sdk/codes';
import { reasonOf } from './reasons';

/** Any failure of the connection layer. `code` is a row of the reasons table. */
export class ConnectionError extends Error {
  constructor(
    readonly code: number,
    readonly detail?: string,
    options?: { cause?: unknown },
  ) {
    const reason = reasonOf(code);
    super(`${code} ${reason.cause}${detail ? ` (${detail})` : ''}. ${reason.fix}`, options);
    this.name = 'ConnectionError';
  }

  static cancelled(detail: string): ConnectionError {
    return new ConnectionError(Code.cancelled, detail);
  }

  /** Converts any failure to the error shape of the SDK. */
  static toSdkError(error: unknown): SdkError {
    const { code, detail } = ConnectionError.from(error);
    return { code, ...(detail ? { desc: detail } : {}) };
  }

  /** Converts any failure; an error without a numeric code becomes 190001. */
  static from(error: unknown): ConnectionError {
    if (error instanceof ConnectionError) return error;
    if (
      typeof error === 'object' &&
      error !== null &&
      'code' in error &&
      typeof error.code === 'number'
    ) {
      const desc = 'desc' in error && typeof error.desc === 'string' ? error.desc : undefined;
      return new ConnectionError(error.code, desc, { cause: error });
    }
    const message = error instanceof Error ? error.message : String(error);
    return new ConnectionError(Code.internal, message, { cause: error });
  }
}
