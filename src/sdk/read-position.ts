import { ConversationType, MessageSendingState } from './constants';
import type { V2NIM, V2NIMLocalConversation } from './types';

/** Sets read positions of conversations by server time; the V2 API has no call for this. */
export interface ReadPositionService {
  /**
   * Counts the messages of a conversation up to `until` (server time, milliseconds) as read in the SDK's
   * own unread counts, as if another device of the account had read them. Needs no link; the position never
   * moves back.
   */
  setLocally(conversationId: string, until: number): void;
  /**
   * Reports to the server that the conversation is read up to `until`. Changes nothing in the SDK, so that the
   * report can be repeated after a failure. Rejects with the SDK's error.
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

/** The conversation types in the commands 7_16 and 7_116. */
const SCENES: ReadonlyMap<number, number> = new Map<number, number>([
  [ConversationType.P2P, 0],
  [ConversationType.TEAM, 1],
  [ConversationType.SUPER_TEAM, 2],
]);

/**
 * Creates the service. The SDK's own calls (`clearUnreadCountByIds`, `markConversationRead`) always mark up to the
 * last message of the conversation: possibly a message that the user has not seen, or an own message that is not
 * sent yet and has the time of the device's clock. `clearUnreadCountByIds` also resolves when the server refused,
 * and moves the SDK's position, so that the position is never reported again. This service takes the time as a
 * parameter and rejects on failure.
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

/** Keeps `deleteConversation`, which also marks as read, from using the clock of this device. */
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
