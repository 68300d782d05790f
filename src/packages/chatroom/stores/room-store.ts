import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import type { Clock } from '@/platform';
import { Code } from '@/sdk/codes';
import { fileMessage, type OutgoingFile } from '@/stores/messages/outgoing-file';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import {
  atMost,
  checkLocation,
  type EnterParams,
  InvalidParameter,
} from '../connection/enter-params';
import { exitCode, type RoomState } from '../connection/room-state';
import type { RoomInfo, RoomMessage, RoomMessageCreator } from '../sdk-types';
import type { CustomJson, Gift } from './custom-content';
import { MembersStore } from './members-store';
import { mayManageRoom } from './permissions';
import { QueueStore } from './queue-store';
import { RoomFeed } from './room-feed';
import { roomMediaPage } from './room-media';
import type { RoomRow } from './room-row';
import { type ComposerState, type OwnClient, SelfStore } from './self-store';

export interface RoomStoreDependencies {
  connection: ChatroomConnection;
  clock: Clock;
  params: EnterParams;
}

/** Changes of a manager to a room; at least one field. */
export interface RoomEdit {
  readonly roomName?: string;
  readonly announcement?: string;
  readonly liveUrl?: string;
  readonly serverExtension?: string;
}

const TEXT_LIMIT = 5000;
const UPLOAD_MS = 2 * 60_000;

/** One visit to a room: the data and the actions of its pages. */
export class RoomStore {
  readonly roomId: string;
  state: RoomState;
  /** Name, announcement, live address; null until entered. */
  info: RoomInfo | null = null;
  /** Number of members inside, as far as known. */
  onlineCount = 0;
  readonly feed: RoomFeed;
  readonly members: MembersStore;
  readonly queue: QueueStore;
  readonly me: SelfStore;
  private readonly connection: ChatroomConnection;
  private readonly stop: (() => void)[];

  constructor({ connection, clock, params }: RoomStoreDependencies) {
    this.connection = connection;
    this.roomId = connection.roomId;
    this.state = connection.state;
    makeObservable(this, {
      state: observableRef,
      info: observableRef,
      onlineCount: observableRef,
      exitCode: computed,
      composer: computed,
      mayManage: computed,
    });
    // Created before the others, so that they find the room's state in it.
    this.stop = [
      connection.on('state', ({ to }) => this.onState(to)),
      connection.listen('roomChanged', (info) => this.setInfo({ ...info })),
      connection.listen('roomMuted', (chatBanned) => {
        if (this.info) this.setInfo({ ...this.info, chatBanned });
      }),
      connection.listen('memberEntered', ({ accountId }) => this.count(accountId, 1)),
      connection.listen('memberLeft', (accountId) => this.count(accountId, -1)),
    ];
    this.me = new SelfStore(
      connection,
      clock,
      () => this.info,
      () => this.state.name === 'inside' || this.state.name === 'reconnecting',
      params,
    );
    const self = () => this.me.member;
    this.feed = new RoomFeed({
      connection,
      clock,
      nick: () => self()?.roomNick ?? '',
      refused: (code) => void this.me.onRefused(code),
    });
    this.members = new MembersStore(connection, self);
    this.queue = new QueueStore(connection, self, () => this.info);
  }

  get accountId(): string {
    return this.connection.accountId;
  }

  /** Why the visit ended, as a row of the reasons table; 0 while it has not ended. */
  get exitCode(): number {
    return this.state.name === 'exited' ? exitCode(this.state.cause) : 0;
  }

  /** Whether the composer may send, and the reason if not. */
  get composer(): ComposerState {
    return this.me.composer;
  }

  /** The owner or a manager: edits the room, mutes by tag, clears the queue. */
  get mayManage(): boolean {
    return mayManageRoom(this.me.member);
  }

  // --- talking ---------------------------------------------------------------------------------------

  /**
   * The row appears at once as `sending`.
   * @throws InvalidParameter when empty or longer than 5000 characters
   */
  sendText(text: string): void {
    if (!text.trim()) throw new InvalidParameter('text', undefined, 'is empty');
    atMost('text', text, TEXT_LIMIT);
    this.sendMessage(this.creator.createTextMessage(text));
  }

  /** Uploads and sends; the row shows the progress. A retry does not upload twice. */
  sendFile(file: OutgoingFile): void {
    const { original, shown } = fileMessage(this.creator, file);
    this.sendMessage(original, shown);
  }

  /** The SDK's creator of messages, for `sendMessage`. */
  get creator(): RoomMessageCreator {
    return this.connection.creator;
  }

  /** The pictures and videos of the server beside a message. @throws ConnectionError */
  async mediaPage(side: 'older' | 'newer', beside: RoomMessage): Promise<readonly RoomMessage[]> {
    return await roomMediaPage(this.connection, side, beside);
  }

  sendGift(gift: Gift): void {
    this.sendCustom({ type: 'gift', ...gift });
  }

  /** Likes have no rows; the likes of all members are counted in `feed.likes`. */
  sendLike(count = 1): void {
    this.sendCustom({ type: 'like', count });
  }

  /** Sends a custom message of the product. */
  sendCustom(content: CustomJson): void {
    this.sendMessage(this.creator.createCustomMessage(JSON.stringify(content)));
  }

  resend(row: RoomRow): void {
    this.feed.resend(row);
  }

  // --- the room --------------------------------------------------------------------------------------

  /**
   * Managers only. An empty text deletes the previous text.
   * @throws ConnectionError
   */
  async edit(changes: RoomEdit): Promise<void> {
    atMost('serverExtension', changes.serverExtension, 4096);
    // The SDK refuses a change without any text; the name always has a text.
    const named = { ...(this.info ? { roomName: this.info.roomName } : {}), ...changes };
    const isEmpty = Object.values(changes).every((text) => text === '');
    await this.connection.call(({ room }) =>
      room.updateChatroomInfo({ ...(isEmpty ? named : changes), notificationEnabled: true }),
    );
    if (this.info) this.setInfo({ ...this.info, ...changes });
  }

  /**
   * Changes the own nick, avatar or extension in this room; the other members are notified. `persistence`:
   * kept for the next visit, for members that are not guests.
   * @throws ConnectionError
   */
  async updateMe(changes: {
    roomNick?: string;
    roomAvatar?: string;
    serverExtension?: string;
    persistence?: boolean;
  }): Promise<void> {
    if (changes.roomNick === '') throw new InvalidParameter('roomNick', undefined, 'is empty');
    atMost('serverExtension', changes.serverExtension, 4096);
    await this.connection.call(({ room }) =>
      room.updateSelfMemberInfo({ notificationEnabled: true, ...changes }),
    );
    const { persistence: _, ...fields } = changes;
    this.connection.params.change(fields);
    this.me.patch(fields);
  }

  /** Uploads a picture. Resolves with its address, for `updateMe`. @throws ConnectionError */
  async uploadAvatar({ file }: Pick<OutgoingFile, 'file'>): Promise<string> {
    return await this.connection.call(
      ({ storage }) =>
        storage.uploadFile(storage.createUploadFileTask({ fileObj: file }), () => undefined),
      UPLOAD_MS,
    );
  }

  /**
   * Replaces the own tags.
   * @throws ConnectionError
   */
  async updateTags(tags: string[], notifyTargetTags?: string): Promise<void> {
    await this.connection.call(({ room }) =>
      room.updateChatroomTags({ tags, ...(notifyTargetTags ? { notifyTargetTags } : {}) }),
    );
    this.connection.params.changeTags(tags, notifyTargetTags);
    runInAction(() => (this.me.tags = tags));
  }

  /**
   * Sets the own location, and the largest distance of messages to receive.
   * @throws ConnectionError
   */
  async updateLocation(location: NonNullable<EnterParams['locationConfig']>): Promise<void> {
    checkLocation(location);
    await this.connection.call(({ room }) => room.updateChatroomLocationInfo(location));
    this.connection.params.change({ locationConfig: location });
    runInAction(() => (this.me.location = location));
  }

  /**
   * Returns the other clients of the own account in this room, the oldest first.
   * @throws ConnectionError
   */
  async myOtherClients(): Promise<readonly OwnClient[]> {
    return await this.me.otherClients();
  }

  /**
   * Removes all other clients of the own account from the room: `kickMember` with the own account means these
   * clients and leaves this client inside (docs/seed-map.md, seed 004, multi-login).
   * @throws ConnectionError
   */
  async kickMyOtherClients(): Promise<void> {
    await this.connection.call(({ room }) => room.kickMember(this.accountId));
  }

  // --- coming and going ------------------------------------------------------------------------------

  /** Enters. @throws ConnectionError with the row of `exitCode` */
  async enter(): Promise<void> {
    await this.connection.enter();
  }

  /** Leaves, or gives up entering. Resolves when the room's socket is closed. */
  async leave(): Promise<void> {
    await this.connection.leave();
  }

  /** Reconnects now instead of at the end of the pause. */
  retryNow(): void {
    this.connection.retryNow();
  }

  dispose(): void {
    for (const stop of this.stop) stop();
    this.me.dispose();
    this.feed.dispose();
    this.members.dispose();
    this.queue.dispose();
  }

  /**
   * Sends a message made by the SDK's creator. `shown`: the message of the own row, where it has more fields.
   * @throws ConnectionError, anonymousMemberForbidden in an anonymous visit
   */
  sendMessage(message: RoomMessage, shown = message): void {
    if (this.connection.anonymous)
      throw new ConnectionError(
        Code.anonymousMemberForbidden,
        'anonymous users cannot send messages',
      );
    // The creator forwards these to the current instance; while reconnecting there is none.
    const { accountId, roomId } = this.connection;
    const sender = { senderId: accountId, roomId };
    const { roomNick = '', roomAvatar = '' } = this.me.member ?? {};
    this.feed.send(
      { ...message, ...sender },
      {
        ...shown,
        ...sender,
        userInfoConfig: { senderNick: roomNick, senderAvatar: roomAvatar },
      },
    );
  }

  private onState(to: RoomState): void {
    const { entered } = this.connection;
    runInAction(() => {
      if (to.name === 'inside' && entered) {
        this.info = { ...entered.chatroom };
        this.onlineCount = entered.chatroom.onlineUserCount;
      }
      this.state = to;
    });
  }

  private setInfo(info: RoomInfo): void {
    runInAction(() => (this.info = info));
  }

  private count(accountId: string, change: 1 | -1): void {
    if (accountId === this.connection.accountId) return;
    runInAction(() => (this.onlineCount = Math.max(0, this.onlineCount + change)));
  }
}
