import { autorun, when } from 'mobx';
import { previewText } from '@/components/format/preview-text';
import { appTexts } from '@/i18n';
import { systemClock } from '@/platform';
import { ConversationType } from '@/sdk/constants';
import type { V2NIMMessage } from '@/sdk/types';
import { type AccountStores, addressOf, type RootStore } from '@/stores';
import { lastMessageOf, previewOf } from '@/stores/conversations/preview';
import type { ImNotice } from './host-types';

/** How long a notice waits for the names of its author and its team, which are unknown at the first message, ms. */
const NAME_MS = 1000;

/**
 * Tells of messages that arrive in conversations that are not muted. What a sync brings was not sent now. Returns the
 * end; no notice comes after it.
 */
export function watchNotices(root: RootStore, tell: (notice: ImNotice) => void): () => void {
  const waiting = new Set<() => void>();
  const announce = (message: V2NIMMessage, account: AccountStores) => {
    const { conversationId, senderId } = message;
    const { targetId } = addressOf(conversationId);
    const isNamed = () =>
      !['', targetId].includes(account.titleOf(conversationId)) &&
      account.nameIn(conversationId, senderId) !== senderId;
    const finish = () => {
      waiting.delete(stop);
      stop();
      if (root.account === account) tell(noticeOf(message, account, root.settings));
    };
    // A `when` may run at once, so the timer and the way to stop exist before it.
    const timer = systemClock.setTimeout(finish, NAME_MS);
    let stopNaming = () => undefined as void;
    const stop = () => {
      stopNaming();
      systemClock.clearTimeout(timer);
    };
    waiting.add(stop);
    stopNaming = when(isNamed, finish);
  };
  // The listeners of a connection end with it.
  const stopListening = autorun(() => {
    const { account } = root;
    account?.connection.listen('message', 'onReceiveMessages', (messages) => {
      if (account.connection.state.name !== 'online') return;
      for (const message of messages) {
        const isMuted = account.conversations.get(message.conversationId)?.muted ?? false;
        if (!message.isSelf && !isMuted) announce(message, account);
      }
    });
  });
  return () => {
    stopListening();
    for (const stop of waiting) stop();
  };
}

function noticeOf(
  message: V2NIMMessage,
  account: AccountStores,
  { language }: RootStore['settings'],
): ImNotice {
  const { conversationId } = message;
  const { type, targetId } = addressOf(conversationId);
  const isP2p = type === ConversationType.P2P;
  const nameOf = (accountId: string) => account.nameIn(conversationId, accountId);
  const context = { myAccountId: account.accountId, isP2p, nameOf };
  return {
    target: isP2p
      ? { person: targetId }
      : { team: targetId, isSuper: type === ConversationType.SUPER_TEAM },
    title: account.titleOf(conversationId) || targetId,
    text: previewText(previewOf(lastMessageOf(message)), context, appTexts(language)),
  };
}
