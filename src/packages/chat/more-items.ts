import { useCallback, useMemo } from 'react';
import type { ComposerInlet } from '@/components/composer/composer-inlet';
import { useCardItems } from '@/components/composer/card-items';
import type { Place } from '@/components/composer/choose-place';
import { type FilePlaceReceiver, useFileItems } from '@/components/composer/file-items';
import { useMediaItems } from '@/components/composer/media-items';
import type { MoreItem } from '@/components/composer/more-panel';
import { composerTexts } from '@/components/composer/texts';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { choose } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { appTexts } from '@/i18n';
import { addressOf, type CallType, type Chat } from '@/stores';
import { usePhraseItems } from './phrases/use-phrase-items';
import { useSearchItems } from './search-items';
import { useTeamItems } from './team-items';

/** V2NIMConversationType of a conversation between two. */
const P2P = 1;
const CALL_TYPES: readonly CallType[] = ['video', 'audio'];

/** The actions of a chat's "+" panel. */
export function useMoreItems(
  chat: Chat,
  scroll: ListScroll,
  inlet: ComposerInlet,
): readonly MoreItem[] {
  const receiver = useMemo(() => receiverOf(chat), [chat]);
  const media = useMediaItems(chat, scroll);
  const call = useCallItems(chat.conversationId);
  const files = useFileItems(receiver, scroll);
  const sendCustom = useCallback(
    (json: string) => chat.send(chat.creator.createCustomMessage('', json)),
    [chat],
  );
  const card = useCardItems(sendCustom, scroll);
  const phrases = usePhraseItems(inlet);
  const search = useSearchItems(chat);
  const team = useTeamItems(chat.conversationId);
  return useMemo(
    () => [...media, ...call, ...files, ...card, ...phrases, ...search, ...team],
    [media, call, files, card, phrases, search, team],
  );
}

function receiverOf(chat: Chat): FilePlaceReceiver {
  return {
    sendFile: (file) => chat.sendFile(file),
    sendPlace: (place) => chat.send(placeMessage(chat, place)),
  };
}

/** Yunxin's kits read the name of a place from the text of the message. */
function placeMessage({ creator }: Chat, { latitude, longitude, title, address }: Place) {
  return { ...creator.createLocationMessage(latitude, longitude, address), text: title };
}

/** Asks for audio or video, and calls the other account; in chats of two only. */
function useCallItems(conversationId: string): readonly MoreItem[] {
  const { account, settings } = useStores();
  const navigate = useNavigate();
  const t = useTexts(composerTexts);
  return useMemo(() => {
    const { type, targetId } = addressOf(conversationId);
    if (process.env.PRODUCT_CALLS === 'off') return [];
    if (type !== P2P || !account || targetId === account.accountId) return [];
    const ask = async () => {
      const { language } = settings;
      const textOf = (one: CallType) =>
        appTexts(language)(one === 'video' ? 'call.video' : 'call.audio');
      const chosen = await choose(CALL_TYPES, textOf, language);
      if (!chosen) return;
      account.call.start(targetId, chosen);
      navigate(routes.call);
    };
    return [{ key: 'call', className: 'more-call', label: t('call'), onTap: () => void ask() }];
  }, [account, settings, conversationId, navigate, t]);
}
