import type { SdkError } from '@/sdk';
import { reasonOf } from './reasons';

/** Every failure of the connection layer. `code` is a row of the reasons table. */
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
    return new ConnectionError(191002, detail);
  }

  /** Any failure as the SDK would give it. */
  static toSdkError(error: unknown): SdkError {
    const { code, detail } = ConnectionError.from(error);
    return { code, ...(detail ? { desc: detail } : {}) };
  }

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
    return new ConnectionError(190001, error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}
