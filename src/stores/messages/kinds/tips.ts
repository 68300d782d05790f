import { MessageType } from '@/sdk/constants';
import { textIn } from './fields';
import type { KindSpec } from './kind-spec';
import type { TextContent } from './text';

export const tipsKind: KindSpec<TextContent> = {
  messageType: MessageType.TIPS,
  isLine: true,
  parse: ({ text }) => ({ text: textIn(text) }),
  previewKey: 'preview.tips',
  previewText: ({ text }) => text,
};
