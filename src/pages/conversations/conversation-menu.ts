import type { CommonEvent } from '@tarojs/components';
import { useCallback } from 'react';
import { choose, confirm, toast } from '@/components/dialogs';
import { ignoreRelease } from '@/components/held-press';
import { reasonText } from '@/components/reason-text';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import { ConnectionError } from '@/connection';
import type { AccountStores } from '@/stores';

/** The menu of a long press on a conversation; always the same function, whichever row it is for. */
export function useConversationMenu(account: AccountStores): (event: CommonEvent) => void {
  const t = useT();
  const { settings } = useStores();
  const { conversations } = account;

  return useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      const row = id === undefined ? undefined : conversations.get(id);
      if (!row) return;
      ignoreRelease();
      const { conversationId, stickTop } = row;

      const remove = async (clearHistory: boolean) => {
        const isSure = await confirm({
          content: t(clearHistory ? 'conversations.deleteConfirm' : 'conversations.hideConfirm'),
          confirmText: t(clearHistory ? 'common.delete' : 'common.ok'),
          cancelText: t('common.cancel'),
        });
        if (isSure) await account.messages.deleteConversation(conversationId, { clearHistory });
      };
      const actions = [
        ...(row.unread > 0
          ? [
              {
                text: t('conversations.markRead'),
                run: () => conversations.markRead(conversationId),
              },
            ]
          : []),
        {
          text: t(stickTop ? 'conversations.unstick' : 'conversations.stick'),
          run: () => conversations.setStickTop(conversationId, !stickTop),
        },
        { text: t('conversations.hide'), run: () => remove(false) },
        { text: t('conversations.delete'), run: () => remove(true) },
      ];
      void run(actions, settings.language);
    },
    [account, conversations, settings, t],
  );
}

interface Action {
  text: string;
  run: () => void | Promise<void>;
}

async function run(actions: readonly Action[], language: 'zh-CN' | 'en'): Promise<void> {
  const chosen = await choose(actions, ({ text }) => text, language);
  try {
    await chosen?.run();
  } catch (cause) {
    const { code } = ConnectionError.from(cause);
    toast(reasonText(code, language));
  }
}
