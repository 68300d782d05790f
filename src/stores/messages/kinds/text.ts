import { MessageType } from '@/sdk/constants';
import { withEmoji } from './emoji-codes';
import { textIn } from './fields';
import type { KindSpec } from './kind-spec';
import { type Mention, mentionsIn } from './mentions';

export interface TextContent {
  /** With the emoji codes of Yunxin's kits as Unicode emoji. */
  readonly text: string;
  /** In their order; only where there are some. */
  readonly mentions?: readonly Mention[];
}

export const textKind: KindSpec<TextContent> = {
  messageType: MessageType.TEXT,
  parse: ({ text: given, serverExtension }) => {
    const raw = textIn(given);
    const text = withEmoji(raw);
    const mentions = mentionsIn(raw, serverExtension);
    if (mentions.length === 0) return { text };
    const placeOf = (at: number) => withEmoji(raw.slice(0, at)).length;
    const placed = mentions.map(({ accountId, start, end }) => ({
      accountId,
      start: placeOf(start),
      end: placeOf(end),
    }));
    return { text, mentions: placed };
  },
  previewKey: null,
  previewText: ({ text }) => text,
  copyText: ({ text }) => text,
};
