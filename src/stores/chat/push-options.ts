import type { V2NIMMessage, V2NIMMessagePushConfig } from '@/sdk/types';
import { type MessageKind, messageKind } from '../messages/kinds';

/** A message for which a push is made. */
export interface PushedMessage {
  readonly kind: MessageKind;
  readonly conversationId: string;
  /** Empty for kinds without a text. */
  readonly text: string;
}

/** The notification that the phone shows for an app client of the same product while that app does not run. */
export interface PushOptions {
  /** Whether messages are pushed; yes by default. */
  readonly enabled?: boolean;
  /** Whether the push names the sender; yes by default. */
  readonly nick?: boolean;
  /**
   * The text of the push. Without it the server pushes the text of the message, which some products forbid; an empty
   * text leaves the choice to the server as well.
   */
  readonly content?: (message: PushedMessage) => string;
  /** The title of the push; it goes into the payload as `pushTitle`, and for iOS into `apsField.alert.title`. */
  readonly title?: (message: PushedMessage) => string;
  /** More fields of the payload, for the vendors' channels. */
  readonly payload?: (message: PushedMessage) => object;
  /** Whether a mention reaches mentioned members who have muted the team; yes by default. */
  readonly forceMentions?: boolean;
}

/** Limits of Yunxin for `pushContent` and `pushPayload`, characters. */
const MAX_CONTENT = 500;
const MAX_PAYLOAD = 2048;

let options: PushOptions | null = null;

/** Products set their options once, before messages are sent; null is the default of the server. */
export function setPushOptions(chosen: PushOptions | null): void {
  options = chosen;
}

/** The push fields of an own message; undefined without options. A function of the product that throws adds nothing. */
export function pushConfigOf(
  message: V2NIMMessage,
  conversationId: string,
): V2NIMMessagePushConfig | undefined {
  if (!options) return undefined;
  const { enabled = true, nick = true, forceMentions = true, content, title, payload } = options;
  const pushed: PushedMessage = {
    kind: messageKind(message.messageType),
    conversationId,
    text: message.text ?? '',
  };
  const text = calledWith(content, pushed) ?? '';
  const json = payloadOf(calledWith(title, pushed), calledWith(payload, pushed), text);
  return {
    ...message.pushConfig,
    pushEnabled: enabled,
    pushNickEnabled: nick,
    ...(text && { pushContent: text.slice(0, MAX_CONTENT) }),
    ...(json && { pushPayload: json }),
    ...(message.pushConfig?.forcePush && text && { forcePushContent: text.slice(0, MAX_CONTENT) }),
    ...(!forceMentions && { forcePush: false, forcePushAccountIds: [] }),
  };
}

/** A payload above the limit is left out: the server would refuse the message. */
function payloadOf(title: string | undefined, more: object | undefined, body: string): string {
  if (!title && !more) return '';
  const alert = title ? { title, ...(body && { body }) } : null;
  const fields = {
    ...(title && { pushTitle: title }),
    ...(alert && { apsField: { alert } }),
    ...more,
  };
  try {
    const json = JSON.stringify(fields);
    return json.length <= MAX_PAYLOAD ? json : '';
  } catch {
    return '';
  }
}

function calledWith<T>(
  of: ((message: PushedMessage) => T) | undefined,
  message: PushedMessage,
): T | undefined {
  try {
    return of?.(message);
  } catch {
    return undefined;
  }
}
