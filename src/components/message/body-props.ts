import type { CommonEvent } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { MediaUrls } from '@/sdk/media-urls';
import type { ContentOf, MessageKind, MessageStatus } from '@/stores';
import type { FileState } from './file/file-opener';

/** The fields of a row that bodies show; the rows of chats and of rooms have them. */
export interface BodyRow {
  readonly messageClientId: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly mine: boolean;
  /** Milliseconds, of the server. */
  readonly createTime: number;
  readonly kind: MessageKind;
  readonly content: unknown;
  readonly status: MessageStatus;
  /** Percentage of an upload, 0 to 100. */
  readonly progress: number;
  /** The text was changed after it was sent. Chats only. */
  readonly edited?: boolean;
  /** The text has @ and my nick. Rooms only. */
  readonly mentionsMe?: boolean;
}

/** The handlers of bodies; they find their row by `data-id`. */
export interface BodyActions {
  /** A message as a sentence for a screen reader. */
  readonly sentence?: (messageClientId: string) => string;
  readonly openMenu: (event: CommonEvent) => void;
  /** Asks what to do with a link, phone number or mail address; `data-mark` is the index of the part. */
  readonly openMark?: (event: CommonEvent) => void;
  /** Opens the text for selection at the second of two taps. */
  readonly tapText?: (event: CommonEvent) => void;
  /** Shows a picture or a video full screen. */
  readonly preview?: (event: CommonEvent) => void;
  /** The label of an edited text; it shows the earlier texts. */
  readonly edited?: { readonly label: () => string; readonly onTap: (event: CommonEvent) => void };
  readonly openFile?: (event: CommonEvent) => void;
  /** How far the download of a message's file is; observable. */
  readonly fileState?: (messageClientId: string) => FileState | undefined;
  readonly openPlace?: (event: CommonEvent) => void;
  /** Calls the other side of a call record. */
  readonly callBack?: (event: CommonEvent) => void;
  /** Makes the addresses of thumbnails; without it pictures are loaded in their own size. */
  readonly mediaUrls?: MediaUrls;
  /** Plays or pauses a voice message. */
  readonly playVoice?: (event: CommonEvent) => void;
}

export interface ContentProps<Content> {
  row: BodyRow;
  content: Content;
  actions: BodyActions;
}

/** A view of a message. Not React's ComponentType, whose propTypes admit no view of several kinds. */
export type Body<Content> = (props: ContentProps<Content>) => ReactNode;

export type BodyProps<K extends MessageKind> = ContentProps<ContentOf<K>>;
