import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import type { Clock } from '@/platform';
import type { ChatroomConnection } from '../connection/chatroom-connection';
import {
  atMost,
  checkLocation,
  type EnterParams,
  InvalidParameter,
} from '../connection/enter-params';
import { exitCode, type RoomState } from '../connection/room-state';
import type { RoomInfo, RoomMessage } from '../sdk';
import type { CustomContent, Gift } from './custom-content';
import { MembersStore } from './members-store';
import { mayManageRoom } from './permissions';
import { QueueStore } from './queue-store';
import { RoomTalk } from './room-talk';
import type { RoomRow } from './room-row';
import { type ComposerState, type OwnClient, SelfStore } from './self-store';

export interface RoomStoreDependencies {
  connection: ChatroomConnection;
  clock: Clock;
  params: EnterParams;
}

/** A file to send: a path of `wx.chooseMedia`, or the browser's File. */
export interface ImageFile {
  readonly file: string | File;
  readonly name?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** What my own row shows until the picture is up, where `file` is not an address. */
  readonly shownAs?: string;
}

/** What of a room its managers change; at least one field. */
export interface RoomEdit {
  readonly roomName?: string;
  readonly announcement?: string;
  readonly liveUrl?: string;
  readonly serverExtension?: string;
}

const TEXT_LIMIT = 5000;
const UPLOAD_MS = 2 * 60_000;

/** One visit to a room: everything a page shows of it and can do in it. */
export class RoomStore {
  readonly roomId: string;
  state: RoomState;
  /** Name, announcement, live address; null until entered. */
  info: RoomInfo | null = null;
  /** People inside now, as far as is known. */
  onlineCount = 0;
  readonly talk: RoomTalk;
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
    // Before the others, so that they find the room's state in it.
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
    this.talk = new RoomTalk({
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

  /** Why one is out, as a row of the reasons table; 0 while one is not. */
  get exitCode(): number {
    return this.state.name === 'exited' ? exitCode(this.state.cause) : 0;
  }

  /** What the composer may do, and if nothing, why. */
  get composer(): ComposerState {
    return this.me.composer;
  }

  /** The owner or a manager: edits the room, mutes by tag, clears the queue. */
  get mayManage(): boolean {
    return mayManageRoom(this.me.member);
  }

  // --- talking ---------------------------------------------------------------------------------------

  /** Appears at once as `sending`. @throws InvalidParameter when empty or longer than 5000 characters */
  sendText(text: string): void {
    if (!text.trim()) throw new InvalidParameter('text', undefined, 'is empty');
    atMost('text', text, TEXT_LIMIT);
    this.send(this.connection.creator.createTextMessage(text));
  }

  /** Uploads and sends; the row tells how far it is. A retry does not upload twice. */
  sendImage({ file, name, width, height, shownAs }: ImageFile): void {
    const { creator } = this.connection;
    this.send(creator.createImageMessage(file, name, undefined, width, height), shownAs);
  }

  sendGift(gift: Omit<Gift, 'type'>): void {
    this.sendCustom({ type: 'gift', ...gift });
  }

  /** Likes have no rows; those of everybody are counted in `talk.likes`. */
  sendLike(count = 1): void {
    this.sendCustom({ type: 'like', count });
  }

  /** A custom message of the product's own. */
  sendCustom(content: CustomContent): void {
    this.send(this.connection.creator.createCustomMessage(JSON.stringify(content)));
  }

  resend(row: RoomRow): void {
    this.talk.resend(row);
  }

  // --- the room --------------------------------------------------------------------------------------

  /** Managers only. An empty text takes away what was there. @throws ConnectionError */
  async edit(changes: RoomEdit): Promise<void> {
    atMost('serverExtension', changes.serverExtension, 4096);
    // The SDK refuses a change in which nothing has a text; the name always has one.
    const named = { ...(this.info ? { roomName: this.info.roomName } : {}), ...changes };
    const isEmpty = Object.values(changes).every((text) => text === '');
    await this.connection.call(({ room }) =>
      room.updateChatroomInfo({ ...(isEmpty ? named : changes), notificationEnabled: true }),
    );
    if (this.info) this.setInfo({ ...this.info, ...changes });
  }

  /**
   * My nick, avatar or extension in this room; the others are told. `persistence`: kept for the next visit,
   * for members that are not guests. @throws ConnectionError
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
  async uploadAvatar({ file }: ImageFile): Promise<string> {
    return await this.connection.call(
      ({ storage }) =>
        storage.uploadFile(storage.createUploadFileTask({ fileObj: file }), () => undefined),
      UPLOAD_MS,
    );
  }

  /** Replaces my tags. @throws ConnectionError */
  async updateTags(tags: string[], notifyTargetTags?: string): Promise<void> {
    await this.connection.call(({ room }) =>
      room.updateChatroomTags({ tags, ...(notifyTargetTags ? { notifyTargetTags } : {}) }),
    );
    this.connection.params.changeTags(tags, notifyTargetTags);
    runInAction(() => (this.me.tags = tags));
  }

  /** Where I am, and how far away a message may come from. @throws ConnectionError */
  async updateLocation(location: NonNullable<EnterParams['locationConfig']>): Promise<void> {
    checkLocation(location);
    await this.connection.call(({ room }) => room.updateChatroomLocationInfo(location));
    this.connection.params.change({ locationConfig: location });
    runInAction(() => (this.me.location = location));
  }

  /** Where else I am in this room, with the same account; the oldest first. @throws ConnectionError */
  async myOtherClients(): Promise<readonly OwnClient[]> {
    return await this.me.otherClients();
  }

  /**
   * Puts all of my other clients out of the room: `kickMember` with the own account means them and leaves
   * this client inside (seed 004, multi-login). @throws ConnectionError
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

  /** Reconnects now instead of at the end of the wait. */
  retryNow(): void {
    this.connection.retryNow();
  }

  dispose(): void {
    for (const stop of this.stop) stop();
    this.me.dispose();
    this.talk.dispose();
    this.members.dispose();
    this.queue.dispose();
  }

  private send(message: RoomMessage, shownAs?: string): void {
    if (this.connection.anonymous)
      throw new ConnectionError(ANONYMOUS_FORBIDDEN, 'who is anonymous receives only');
    // The creator leaves these to the instance in force; while reconnecting there is none.
    const { accountId, roomId } = this.connection;
    const original = { ...message, senderId: accountId, roomId };
    const { roomNick = '', roomAvatar = '' } = this.me.member ?? {};
    this.talk.send(original, {
      ...original,
      ...(shownAs ? { attachment: { ...original.attachment, path: shownAs } as never } : {}),
      userInfoConfig: { senderNick: roomNick, senderAvatar: roomAvatar },
    });
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

const ANONYMOUS_FORBIDDEN = 114303;
