import { CALL_STATUSES, CALL_TYPES, type CallRecord } from '../messages/kinds/call';
import type { CallState, CallType } from './call-state';

/** The record that the caller writes after a call with this end; null when there was no call. */
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
      // The peer knows of the call only if the server had created a channel.
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
  return [CALL_TYPES[type], channelId, CALL_STATUSES[outcome], durations, ''];
}
