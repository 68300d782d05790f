import { makeObservable, observableRef } from 'mobx';
import { MessageType } from '@/sdk/constants';
import type { CustomContent } from './custom-content';
import type { Notice } from './notices';
import type { RoomEntry, RoomMessageStatus } from './room-entry';
import type { RoomMessage } from '../sdk';

/** What a row is about; the view has one face for each. */
export type RoomRowKind = 'text' | 'image' | 'gift' | 'custom' | 'notice' | 'tips' | 'other';

export interface RoomImage {
  /** An address, or the path of the file while it is on its way up. */
  readonly url: string;
  /** Pixels; 0 when unknown. */
  readonly width: number;
  readonly height: number;
}

/** One line of a room. Each field is observed by itself. */
export class RoomRow {
  readonly messageClientId: string;
  readonly senderId: string;
  /** I wrote it; a notice is nobody's. */
  readonly mine: boolean;
  readonly kind: RoomRowKind;
  /** As the sender was called when sending; the account id when it had no nick. */
  readonly senderNick: string;
  readonly senderAvatar: string;
  /** Of a gift or another custom message. */
  readonly custom: CustomContent | null;
  /** Somebody wrote @ and my nick. */
  readonly mentionsMe: boolean;
  text = '';
  image: RoomImage | null = null;
  /** Of a quiet line; it grows when others of its kind are folded into it. */
  notice: Notice | null = null;
  /** Server time once acknowledged; milliseconds. */
  createTime = 0;
  status: RoomMessageStatus = 'sent';
  /** Of a failed message, a row of the reasons table; 0 otherwise. */
  errorCode = 0;
  /** Of an image on its way up, 0 to 100. */
  progress = 100;
  /** A notice stands in its place. */
  recalled = false;
  /** A line with the time stands above it. */
  showTime = false;
  /** Messages that were folded away right before this one; the view may say so. */
  foldedBefore = 0;

  constructor(entry: RoomEntry, mentionsMe: boolean) {
    const { message } = entry;
    const { senderNick, senderAvatar } = message.userInfoConfig ?? {};
    this.messageClientId = entry.messageClientId;
    this.senderId = message.senderId;
    this.mine = message.isSelf && !entry.notice;
    this.kind = kindOf(entry);
    this.senderNick = senderNick || message.senderId;
    this.senderAvatar = senderAvatar ?? '';
    this.custom = entry.custom;
    this.mentionsMe = mentionsMe;
    this.update(entry);
    makeObservable(this, {
      text: observableRef,
      image: observableRef,
      notice: observableRef,
      createTime: observableRef,
      status: observableRef,
      errorCode: observableRef,
      progress: observableRef,
      recalled: observableRef,
      showTime: observableRef,
      foldedBefore: observableRef,
    });
  }

  /** Takes over what changed. Inside an action. */
  update(entry: RoomEntry): void {
    this.text = entry.recalled ? '' : (entry.message.text ?? '');
    const image = this.kind === 'image' && !entry.recalled ? imageOf(entry.message) : null;
    if (image?.url !== this.image?.url) this.image = image;
    this.notice = entry.notice;
    this.createTime = entry.createTime;
    this.status = entry.status;
    this.errorCode = entry.errorCode;
    this.progress = entry.progress;
    this.recalled = entry.recalled;
    this.foldedBefore = entry.foldedBefore;
  }
}

function kindOf({ message, notice, custom }: RoomEntry): RoomRowKind {
  switch (message.messageType as number) {
    case MessageType.TEXT:
      return 'text';
    case MessageType.IMAGE:
      return 'image';
    case MessageType.CUSTOM:
      return custom?.type === 'gift' ? 'gift' : 'custom';
    case MessageType.TIPS:
      return 'tips';
    default:
      return notice ? 'notice' : 'other';
  }
}

function imageOf({ attachment }: RoomMessage): RoomImage {
  const { url, path, width, height } = (attachment ?? {}) as Partial<RoomImage> & { path?: string };
  return { url: url || path || '', width: width ?? 0, height: height ?? 0 };
}
