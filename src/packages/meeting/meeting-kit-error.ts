import { ConnectionError } from '@/connection';
import { Code } from '@/sdk/codes';

/** The steps of IM reuse, in their order (docs/im-reuse.md). */
export type KitStep =
  | 'plugIn'
  | 'reuseIM'
  | 'getInstance'
  | 'imLogin'
  | 'initialize'
  | 'kitLogin'
  | 'kitLogout'
  | 'join';

/** A failure of a kit, with the step at which it happened. `code` is a row of the reasons table. */
export class MeetingKitError extends ConnectionError {
  constructor(
    code: number,
    readonly step: KitStep,
    detail?: string,
    options?: { cause?: unknown },
  ) {
    super(code, detail ? `${step}: ${detail}` : step, options);
    this.name = 'MeetingKitError';
  }

  /**
   * Converts a rejection of a kit. Kits reject with `{code, message}` or `{code, msg}`, some with the code as
   * text, some with the bare code, some with an Error.
   */
  static at(step: KitStep, error: unknown): MeetingKitError {
    if (error instanceof MeetingKitError) return error;
    const isBare = typeof error === 'number' || (typeof error === 'string' && /^\d+$/.test(error));
    const { code, message, msg, desc } = (
      isBare ? { code: error } : typeof error === 'string' ? { message: error } : (error ?? {})
    ) as Readonly<Record<string, unknown>>;
    const text = [message, msg, desc].find((one) => typeof one === 'string' && one !== '');
    const number = Number(code);
    return new MeetingKitError(
      Number.isInteger(number) && number > 0 ? number : Code.internal,
      step,
      typeof text === 'string' ? text : undefined,
      { cause: error },
    );
  }
}
