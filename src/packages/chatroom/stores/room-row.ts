import { MessageRow } from '@/stores/messages/message-row';
import type { Notice } from './notices';
import type { RoomEntry } from './room-entry';
import type { RoomMessage } from '../sdk-types';

/** One line of a room: a message row with the sender's profile and notices. */
export class RoomRow extends MessageRow<RoomMessage> {
  /** The sender's nick at the time of sending; the account id when there was none. */
  readonly senderNick: string;
  readonly senderAvatar: string;
  /** The text contains @ and the own nick. */
  readonly mentionsMe: boolean;
  private shownNotice: Notice | null = null;
  private folded = 0;

  constructor(entry: RoomEntry, mentionsMe: boolean) {
    super(entry);
    const { senderNick, senderAvatar } = entry.message.userInfoConfig ?? {};
    this.senderNick = senderNick || entry.message.senderId;
    this.senderAvatar = senderAvatar ?? '';
    this.mentionsMe = mentionsMe;
    this.updateContent(entry);
  }

  /** Of a notice line; it grows when further notices of its kind are folded into it. */
  get notice(): Notice | null {
    return this.observed.shownNotice;
  }

  /** Number of messages that were skipped right before this message. */
  get foldedBefore(): number {
    return this.observed.folded;
  }

  override update(entry: RoomEntry): void {
    super.update(entry);
    if (this.updateContent(entry)) this.reportChanged();
  }

  /** Returns whether something changed. */
  private updateContent(entry: RoomEntry): boolean {
    const { shownNotice, folded } = this;
    this.shownNotice = entry.notice;
    this.folded = entry.foldedBefore;
    return this.shownNotice !== shownNotice || this.folded !== folded;
  }
}
