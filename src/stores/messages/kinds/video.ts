import { MessageType } from '@/sdk/constants';
import type { KindSpec } from './kind-spec';
import { durationIn, type FileContent, fileIn, type Shape, shapeIn } from './media';

export interface VideoContent extends FileContent, Shape {
  /** Milliseconds; 0 when unknown. */
  readonly duration: number;
}

export const videoKind: KindSpec<VideoContent> = {
  messageType: MessageType.VIDEO,
  parse: ({ attachment }) => ({
    ...fileIn(attachment),
    ...shapeIn(attachment),
    duration: durationIn(attachment),
  }),
  previewKey: 'preview.video',
};
