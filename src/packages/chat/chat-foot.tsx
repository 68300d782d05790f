import { useCallback, useEffect, useLayoutEffect, useMemo } from 'react';
import { askForAlert } from '@/components/alerts/ask-for-alert';
import { ClosedComposer } from '@/components/composer/closed-composer';
import { Composer } from '@/components/composer/composer';
import { moreTool } from '@/components/composer/more-panel';
import { composerTexts } from '@/components/composer/texts';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Slot } from '@/components/ui/slot';
import type { AccountStores, Chat, OutgoingFile } from '@/stores';
import type { ChatActions } from './chat-actions';
import { EditStrip } from './edit-strip';
import { useMentions } from './mention/use-mentions';
import { useMoreItems } from './more-items';
import { ReplyStrip } from './reply-strip';
import { SelectBar } from './select-bar';
import { chatTexts } from './texts';
import { UndoBar } from './undo-bar';
import { useTypingWatch } from './use-typing';

interface ChatFootProps {
  account: AccountStores;
  chat: Chat;
  scroll: ListScroll;
  actions: ChatActions;
}

/** The composer, or the reason why nothing can be written. */
export const ChatFoot = observer(function ChatFoot(props: ChatFootProps) {
  const { account, chat, scroll, actions } = props;
  const t = useTexts(chatTexts);
  const closed = account.closedOf(chat.conversationId);
  // The foot changes the height of the list: its end stays in sight.
  useLayoutEffect(() => scroll.followEnd(), [scroll, closed, actions.selection.isActive]);
  return (
    <>
      <UndoBar undo={actions.undo} />
      <Slot>
        {actions.selection.isActive ? (
          <SelectBar actions={actions} />
        ) : closed ? (
          <ClosedComposer reason={t(`closed.${closed}`)} />
        ) : (
          <OpenFoot {...props} />
        )}
      </Slot>
    </>
  );
});

const OpenFoot = observer(function OpenFoot(props: ChatFootProps) {
  const { account, chat, scroll, actions } = props;
  const t = useTexts(composerTexts);
  const mentions = useMentions(account, chat, actions);
  const typing = useTypingWatch(account, chat);
  const watch = mentions ?? typing;
  const items = useMoreItems(chat, scroll, actions.inlet);
  const tools = useMemo(() => [moreTool(items, t('more'))], [items, t]);
  const { conversationId } = chat;
  const { drafts } = account.messages;
  const draft = useMemo(
    () => ({
      text: drafts.of(conversationId),
      keep: (text: string) =>
        drafts.keep(conversationId, actions.extras.editing.draftOf(text), mentions?.extra),
    }),
    [drafts, conversationId, actions, mentions],
  );
  const root = useStores();
  const { mentionAlerts } = root;
  const mayAsk = process.env.TARO_ENV === 'weapp' && mentions !== null;
  useEffect(() => {
    if (mayAsk && mentionAlerts.isWanted) mentionAlerts.load().catch(() => undefined);
  }, [mayAsk, mentionAlerts]);
  const send = useCallback(
    (text: string) => {
      // In the turn of the tap: later, WeChat refuses.
      if (mayAsk && mentionAlerts.takeTurn()) void askForAlert(root, { isQuiet: true });
      actions.submit(text);
    },
    [mayAsk, mentionAlerts, root, actions],
  );
  const sendVoice = useCallback((file: OutgoingFile) => void chat.sendFile(file), [chat]);
  return (
    <>
      <ReplyStrip {...props} />
      <EditStrip editing={actions.extras.editing} />
      <Composer
        scroll={scroll}
        inlet={actions.inlet}
        onSend={send}
        onVoice={sendVoice}
        tools={tools}
        draft={draft}
        {...(watch && { watch })}
      />
    </>
  );
});
