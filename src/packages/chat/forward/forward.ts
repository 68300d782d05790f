import { quoteText } from '@/components/format/quote-text';
import { ConnectionError } from '@/connection';
import { appTexts, cutTo, type Language } from '@/i18n';
import { Code } from '@/sdk/codes';
import type { V2NIMMessage } from '@/sdk/types';
import { type AccountStores, addressOf, MERGED } from '@/stores';
import { extensionIn } from '@/stores/messages/kinds/fields';
import { md5Of } from '../merged/md5';
import { mergedText } from './merged-text';
import { depthOf, type Forwarded, obstacleOf, type Way } from './obstacles';
import { uploadText } from './upload-text';

/** Messages to forward. A page has an address only, which cannot carry them. */
export interface ForwardRequest {
  readonly conversationId: string;
  /** Oldest first. */
  readonly rows: readonly Forwarded[];
  readonly way: Way;
  readonly onSent: () => void;
}

/** Set before the page opens. Empty after a reload in a browser. */
export const forwardRequests: { current: ForwardRequest | null } = { current: null };

/** Yunxin's kits put three abstracts into a message. */
const ABSTRACTS = 3;
const ABSTRACT_LENGTH = 100;
const NAME_LENGTH = 64;

/**
 * Sends copies of the messages, or one message with all of them, to each of the conversations, then the comment. The
 * messages go through the outbox of the chats: without a link they wait there as every own message does.
 * @throws ConnectionError when the file of merged messages could not be written or uploaded; nothing was sent then
 */
export async function forward(
  account: AccountStores,
  { conversationId, rows, way }: ForwardRequest,
  targets: readonly string[],
  { comment, language }: { comment: string; language: Language },
): Promise<void> {
  // A message may have been recalled while the targets were chosen.
  const left = rows.filter((row) => obstacleOf(row, way) === null);
  if (left.length === 0) throw new ConnectionError(Code.messageNotExist);
  const { messageCreator: creator } = account.connection.services;
  const json = way === 'merged' ? await mergedJson(account, conversationId, left, language) : null;
  for (const target of targets) {
    const messages =
      json === null
        ? left.map(({ message }) => copyOf(account, message))
        : [creator.createCustomMessage('', json)];
    if (comment) messages.push(creator.createTextMessage(comment));
    for (const message of messages) account.messages.send(target, message);
  }
}

/**
 * A new message with the same content. Of the sender's extension only the waveform of a sound is kept: a copy mentions
 * nobody and answers nothing. The SDK refuses kinds for which there is an obstacle (`obstacleOf`).
 */
function copyOf({ connection }: AccountStores, message: V2NIMMessage): V2NIMMessage {
  const copy = connection.services.messageCreator.createForwardMessage(message);
  if (!copy) throw new ConnectionError(Code.misuse, `forward of type ${message.messageType}`);
  const { waveform } = extensionIn(message.serverExtension);
  return waveform ? { ...copy, serverExtension: JSON.stringify({ waveform }) } : copy;
}

/** The custom message 101 of Yunxin's kits, with the messages in an uploaded file. */
async function mergedJson(
  account: AccountStores,
  conversationId: string,
  rows: readonly Forwarded[],
  language: Language,
): Promise<string> {
  const t = appTexts(language);
  const { targetId } = addressOf(conversationId);
  const nameOf = (accountId: string) => account.nameIn(conversationId, accountId);
  const messages = rows.map(({ message }) => message);
  const text = mergedText(messages, ({ senderId }) => ({
    name: nameOf(senderId),
    avatar: account.users.get(senderId).avatar,
  }));
  const data = {
    depth: 1 + Math.max(...rows.map(depthOf)),
    md5: md5Of(text),
    url: await uploadText(account.connection, 'forwarded.txt', text),
    sessionId: targetId,
    sessionName: cutTo(account.titleOf(conversationId) || targetId, NAME_LENGTH),
    abstracts: messages.slice(0, ABSTRACTS).map((message) => ({
      senderNick: cutTo(nameOf(message.senderId), NAME_LENGTH),
      userAccId: message.senderId,
      content: cutTo(quoteText(message, t), ABSTRACT_LENGTH),
    })),
  };
  return JSON.stringify({ type: MERGED, data });
}
