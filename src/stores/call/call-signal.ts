import { SignallingChannelType, SignallingEventType } from '@/sdk/constants';
import type { V2NIMSignallingEvent } from '@/sdk/types';
import type { CallType } from './call-state';

/** State that one side sends to the other during a call. A missing field did not change. */
export interface CallControl {
  muted?: boolean;
  camera?: boolean;
  type?: CallType;
}

interface SignalBase {
  readonly channelId: string;
  /** Empty when the caller's client does not name channels. */
  readonly channelName: string;
  readonly requestId: string;
  /** The account that caused the event. */
  readonly from: string;
  /** Server time in milliseconds. */
  readonly at: number;
}

/** An event of the signalling service, reduced to calls between two accounts. */
export type CallSignal = SignalBase &
  (
    | { readonly kind: 'invited'; readonly type: CallType; readonly valid: boolean }
    | { readonly kind: 'cancelled' | 'accepted' | 'closed' | 'left' }
    | { readonly kind: 'joined'; readonly member: string }
    | { readonly kind: 'rejected'; readonly busy: boolean }
    | { readonly kind: 'control'; readonly control: CallControl }
  );

const BUSY = 'busy';

/** The extension of an automatic rejection. */
export function busyExtension(): string {
  return JSON.stringify({ reason: BUSY });
}

export function controlExtension(control: CallControl): string {
  return JSON.stringify(control);
}

/** Converts the SDK's event; null for an event that calls do not use. */
export function readSignal(event: V2NIMSignallingEvent): CallSignal | null {
  const { channelInfo, operatorAccountId: from, time: at, requestId = '' } = event;
  const { channelId, channelName = '', channelType, channelValid } = channelInfo;
  const base = { channelId, channelName, requestId, from, at };
  switch (event.eventType as number) {
    case SignallingEventType.INVITE: {
      const isVideo = (channelType as number) === SignallingChannelType.VIDEO;
      return { ...base, kind: 'invited', type: isVideo ? 'video' : 'audio', valid: channelValid };
    }
    case SignallingEventType.CANCEL_INVITE:
      return { ...base, kind: 'cancelled' };
    case SignallingEventType.ACCEPT:
      return { ...base, kind: 'accepted' };
    case SignallingEventType.REJECT:
      return { ...base, kind: 'rejected', busy: extensionOf(event).reason === BUSY };
    case SignallingEventType.JOIN:
      return { ...base, kind: 'joined', member: event.member?.accountId ?? from };
    case SignallingEventType.LEAVE:
      return { ...base, kind: 'left' };
    case SignallingEventType.CLOSE:
      return { ...base, kind: 'closed' };
    case SignallingEventType.CONTROL:
      return { ...base, kind: 'control', control: controlOf(event) };
    default:
      return null;
  }
}

/** The events that calls use, in order of time. */
export function readSignals(events: readonly V2NIMSignallingEvent[]): CallSignal[] {
  return events
    .map(readSignal)
    .filter((signal): signal is CallSignal => signal !== null)
    .sort((a, b) => a.at - b.at);
}

/** Other products send other content here: content that cannot be parsed is treated as empty. */
function extensionOf({ serverExtension }: V2NIMSignallingEvent): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(serverExtension || '{}');
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function controlOf(event: V2NIMSignallingEvent): CallControl {
  const { muted, camera, type } = extensionOf(event);
  return {
    ...(typeof muted === 'boolean' ? { muted } : {}),
    ...(typeof camera === 'boolean' ? { camera } : {}),
    ...(type === 'audio' || type === 'video' ? { type } : {}),
  };
}
