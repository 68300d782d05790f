import { MessageType } from '@/sdk/constants';
import type { KindSpec } from './kind-spec';
import { type FileContent, fileIn, type Shape, shapeIn } from './media';

export type ImageContent = FileContent & Shape;

export const imageKind: KindSpec<ImageContent> = {
  messageType: MessageType.IMAGE,
  parse: ({ attachment }) => ({ ...fileIn(attachment), ...shapeIn(attachment) }),
  previewKey: 'preview.image',
};
