import type { V2NIMMessage, V2NIMMessageCallAttachment } from '@/sdk/types';
import type { CallState, CallType } from './call-state';

/** V2NIMMessageCallAttachment.status is the business's own; these are the numbers of Yunxin's call kit. */
const STATUSES = { answered: 1, cancelled: 2, rejected: 3, timeout: 4, busy: 5 } as const;

export type CallOutcome = keyof typeof STATUSES;

/** What stands in the chat after a call. */
export interface CallRecord {
  readonly type: CallType;
  readonly outcome: CallOutcome;
  /** Whole seconds; 0 when it was never answered. */
  readonly seconds: number;
}

const VIDEO = 2;
const AUDIO = 1;

/** What the caller writes after a call of this end; null when there was no call. */
export function recordOf(
  state: Extract<CallState, { name: 'ended' }>,
  type: CallType,
): CallRecord | null {
  const { cause, durationMs, call } = state;
  const seconds = Math.round(durationMs / 1000);
  if (durationMs > 0) return { type, outcome: 'answered', seconds };
  switch (cause) {
    case 'rejected':
    case 'timeout':
    case 'busy':
      return { type, outcome: cause, seconds };
    case 'failed':
    case 'lost':
      // The other side has heard of it only when the server had made a channel.
      return call.channelId ? { type, outcome: 'cancelled', seconds } : null;
    default:
      return { type, outcome: 'cancelled', seconds };
  }
}

/** The arguments of the SDK's `createCallMessage`. */
export function recordArguments(
  { type, outcome, seconds }: CallRecord,
  channelId: string,
  accountIds: readonly string[],
): [
  type: number,
  channelId: string,
  status: number,
  durations: { accountId: string; duration: number }[],
  text: string,
] {
  const durations = accountIds.map((accountId) => ({ accountId, duration: seconds }));
  return [type === 'video' ? VIDEO : AUDIO, channelId, STATUSES[outcome], durations, ''];
}

/** Reads a call message; null when its attachment is not one of these. */
export function readRecord({ attachment }: Pick<V2NIMMessage, 'attachment'>): CallRecord | null {
  const { type, status, durations } = (attachment ?? {}) as Partial<V2NIMMessageCallAttachment>;
  const outcome = (Object.keys(STATUSES) as CallOutcome[]).find(
    (name) => STATUSES[name] === Number(status),
  );
  if (!outcome || (Number(type) !== VIDEO && Number(type) !== AUDIO)) return null;
  const all = Array.isArray(durations)
    ? durations.map(({ duration }) => Number(duration) || 0)
    : [];
  return {
    type: Number(type) === VIDEO ? 'video' : 'audio',
    outcome,
    seconds: Math.max(0, ...all),
  };
}
