import { MessageType } from '@/sdk/constants';
import type { KindSpec } from './kind-spec';
import { type FileContent, fileIn } from './media';

export const fileKind: KindSpec<FileContent> = {
  messageType: MessageType.FILE,
  parse: ({ attachment }) => fileIn(attachment),
  previewKey: 'preview.file',
};
