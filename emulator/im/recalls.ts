import { Reason, Refusal } from '../protocol/reasons';
import { textOf } from '../protocol/request-items';
import { RecallTag } from '../protocol/tags';
import type { World } from '../world/world';
import type { StoredMessage } from '../world/world-state';
import type { ImCall, ImHandlers } from './im-command';

const NORMAL_MEMBER = 0;

/** Members recall their own messages; owner and managers of a team also those of others, within the same limit. */
function checkMayRecall(world: World, accountId: string, message: StoredMessage): void {
  if (message.senderId !== accountId) {
    if (message.type === 'p2p') throw new Refusal(Reason.revokeMessageNotAllowed);
    const member = world.teams.requireMember(message.receiverId, accountId);
    if (member.role === NORMAL_MEMBER) {
      throw new Refusal(Reason.senderOrManagerPermissionOnlyRevoke);
    }
  }
  if (world.now() - message.createTime > world.state.recallLimitMs) {
    throw new Refusal(Reason.revokeExceedTimeLimit);
  }
}

function recall({ world, accountId, items, session }: ImCall): unknown[] {
  const tags = items.property(0);
  const message = world.logs.findByServerId(textOf(tags[RecallTag.messageServerId]));
  if (!message) throw new Refusal(Reason.messageNotExist);
  checkMayRecall(world, accountId, message);
  world.recall(message, {
    operatorId: accountId,
    postscript: textOf(tags[RecallTag.postscript]),
    attach: textOf(tags[RecallTag.attach]),
    originConsid: session.consid,
  });
  return [];
}

/** Commands that recall a message for everybody; super teams have their own. */
export const recallHandlers: ImHandlers = {
  '30_13': recall,
  '32_17': recall,
};
