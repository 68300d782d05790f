import type { ContentOf, MessageKind } from '@/stores';
import type { Body } from '../body-props';
import { AudioBody } from './audio-body';
import { CallBody } from './call-body';
import { CustomBody } from './custom-body';
import { ImageBody } from './image-body';
import { FileBody } from './file-body';
import { LocationBody } from './location-body';
import { NamedBody } from './named-body';
import { NotificationBody } from './notification-body';
import { TextBody } from './text-body';
import { TipsBody } from './tips-body';
import { VideoBody } from './video-body';
import './custom-kinds';

export type Bodies = { readonly [K in MessageKind]: Body<ContentOf<K>> };

/** The view of each message kind. A missing kind does not compile. The rules are in stores/messages/kinds. */
export const BODIES: Bodies = {
  text: TextBody,
  image: ImageBody,
  audio: AudioBody,
  video: VideoBody,
  location: LocationBody,
  notification: NotificationBody,
  file: FileBody,
  tips: TipsBody,
  robot: NamedBody,
  call: CallBody,
  custom: CustomBody,
  unknown: NamedBody,
};
