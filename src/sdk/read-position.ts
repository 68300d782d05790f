import { ConversationType, MessageSendingState } from './constants';
import type { V2NIM, V2NIMLocalConversation } from './types';

/** Read positions of conversations by server time, which the V2 API has no call for. */
export interface ReadPositionService {
  /**
   * Counts the messages of a conversation up to `until` (server time, milliseconds) as read in the SDK's
   * own unread counts, as if another device of the account had read them. Needs no link; never goes back.
   */
  setLocally(conversationId: string, until: number): void;
  /**
   * Tells the server that the conversation is read up to `until`. Changes nothing in the SDK, so that it
   * can be told again after a failure. Rejects with the SDK's error.
   */
  tell(conversationId: string, until: number): Promise<void>;
}

/** Parts of the SDK instance that are not in its typings. */
interface Internals {
  sendCmd(command: string, content: object): Promise<unknown>;
  V2NIMLocalConversationService: {
    handler: { v2LocalConvMultiSyncReadTimeHandler(packet: { content: object }): void };
    compute: { computeReadTimeForMark(conversation: V2NIMLocalConversation): number };
    model: { getReadTime(conversationId: string): number };
  };
}

/** What the commands 7_16 and 7_116 call the types of a conversation. */
const SCENES: ReadonlyMap<number, number> = new Map<number, number>([
  [ConversationType.P2P, 0],
  [ConversationType.TEAM, 1],
  [ConversationType.SUPER_TEAM, 2],
]);

/**
 * The SDK's own calls (`clearUnreadCountByIds`, `markConversationRead`) always mark up to the last message
 * of the conversation: that can be a message that nobody saw, or an own message that is not sent yet and
 * carries the clock of the device. `clearUnreadCountByIds` also resolves when the server refused, and moves
 * the SDK's position, so that it is never told again. Here the time is given, and a failure is a failure.
 */
export function createReadPosition(nim: V2NIM): ReadPositionService {
  const internals = nim as unknown as Internals;
  const service = internals.V2NIMLocalConversationService;
  ignoreUnsentMessages(service);
  return {
    setLocally(conversationId, until) {
      const { scene, to } = addressOf(conversationId);
      service.handler.v2LocalConvMultiSyncReadTimeHandler({
        content: { scene, to, timetag: until },
      });
    },
    async tell(conversationId, until) {
      const { type, scene, to } = addressOf(conversationId);
      if (type === ConversationType.SUPER_TEAM)
        await internals.sendCmd('v2LocalConvSuperTeamMarkReadTime', { to, timetag: until });
      else await internals.sendCmd('v2LocalConvMarkReadTime', { scene, to, timetag: until });
    },
  };
}

/** `deleteConversation` marks as read as well: not by the clock of this device. */
function ignoreUnsentMessages({
  compute,
  model,
}: Internals['V2NIMLocalConversationService']): void {
  const original = compute.computeReadTimeForMark.bind(compute);
  compute.computeReadTimeForMark = (conversation) => {
    const state = conversation.lastMessage?.sendingState as number | undefined;
    const isUnsent = state === MessageSendingState.SENDING || state === MessageSendingState.FAILED;
    return isUnsent ? model.getReadTime(conversation.conversationId) : original(conversation);
  };
}

function addressOf(conversationId: string): { type: number; scene: number; to: string } {
  const [, type = '', ...target] = conversationId.split('|');
  return { type: Number(type), scene: SCENES.get(Number(type)) ?? 0, to: target.join('|') };
}
