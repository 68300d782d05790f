import type { ListScroll } from '@/components/message-list/list-scroll';
import { toast } from '@/components/page/dialogs';
import { reasonText } from '@/components/page/reason-text';
import { ConnectionError } from '@/connection';
import { systemClock } from '@/platform';
import type { Chat, Language } from '@/stores';
import type { MessagePlace } from '@/stores/chat/chat-history';
import { segmentOf } from './chat-scroll';
import type { LeftPlace } from './left-places';
import { chatTexts } from './texts';

/** The class of a row that was jumped to. */
const TINT = 'tint';
/** How long a message that was jumped to is tinted. */
const TINT_MS = 2000;

/** The list of a page that shows a chat. */
export interface ChatList {
  readonly scroll: ListScroll;
  readonly settings: { readonly language: Language };
}

const lists = new WeakMap<Chat, ChatList>();

/** `showMessage` moves this list from now on. */
export function listShown(chat: Chat, list: ChatList): void {
  lists.set(chat, list);
}

/**
 * Shows a message of a chat whose page is open: loads its surroundings, scrolls to its row and tints the row for 2 s.
 * A message that was recalled or deleted, and a request that failed, are told by a toast, and the view stays.
 * Resolves to whether the message is shown.
 */
export async function showMessage(chat: Chat, place: MessagePlace): Promise<boolean> {
  const list = lists.get(chat);
  if (!list) return false;
  const { scroll, settings } = list;
  const { messageClientId } = place;
  try {
    const shown = await scroll.toRow(
      messageClientId,
      () => chat.jumpTo(place),
      () => segmentOf(chat, messageClientId),
    );
    if (shown === 'missing') toast(chatTexts(settings.language)('message.gone'));
    if (shown !== 'shown') return false;
    tint(chat, messageClientId);
    return true;
  } catch (cause) {
    toast(reasonText(ConnectionError.from(cause).code, settings.language));
    return false;
  }
}

/**
 * Shows the message at which the chat was left, at its place on the screen. A message that is gone, and a request that
 * failed, open the chat at its end; `Chat.jumpTo` loads the newest page then.
 */
export async function returnTo(chat: Chat, place: LeftPlace): Promise<void> {
  const { messageClientId, offset } = place;
  const load = () => chat.jumpTo(place).catch(() => false);
  await lists
    .get(chat)
    ?.scroll.toRow(messageClientId, load, () => segmentOf(chat, messageClientId), offset);
}

function tint(chat: Chat, messageClientId: string): void {
  const row = chat.row(messageClientId);
  if (!row) return;
  row.effect = TINT;
  systemClock.setTimeout(() => {
    if (row.effect === TINT) row.effect = '';
  }, TINT_MS);
}
