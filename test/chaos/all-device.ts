import type { Core } from '@/connection/boot';
import type { ChatroomStore, RoomStore } from '@/packages/chatroom';
import type { AccountStores, Chat, MessageRow, OutgoingFile, RootStore } from '@/stores';
import type { sdkFile } from '@/sdk/lazy-nim';
import type { actsOf, MessageActs } from '@/stores/chat/acts';
import { environmentOf } from '../harness';
import { poke } from '../harness/activity';
import { bundle, evaluate } from '../harness/bundle';
import { createWx, type WxHandle } from '../wx';
import type { DeviceName, Person, Place, SentKind } from './all-story';
import { dateOf, timersOf } from './story-clock';

interface AllModule {
  boot: () => Core;
  createRootStore: (core: Core) => RootStore;
  createChatroom: (core: Core, root: RootStore) => ChatroomStore;
  actsOf: typeof actsOf;
  sdkFile: typeof sdkFile;
}

/** The SDK's services are emitters of eventemitter3. */
interface SdkEmitter {
  eventNames(): string[];
  listenerCount(name: string): number;
}

/** The running app of a device. */
interface App {
  readonly module: AllModule;
  readonly core: Core;
  readonly root: RootStore;
  readonly chatroom: ChatroomStore;
  readonly wx: WxHandle;
}

/** A message that was sent on a device. */
export interface Sent {
  readonly id: string;
  /** The same in no other message of the story; see `markOf` in all-truth.ts. */
  readonly mark: string;
  readonly place: Place | 'room';
  readonly by: Person;
  /** Whether the message may be missing on the server: its account has left the device, or the storage was full. */
  mayBeLost: boolean;
  /** Whether the message has a file. */
  readonly isFile: boolean;
}

export const ROOM = '9000';
/** Number of bytes of a file that a device sends; a part of an upload of the SDK has more. */
const FILE_BYTES = 900;
const EXTENSIONS = { image: 'png', audio: 'aac', video: 'mp4', file: 'pdf' } as const;

function isConnectionError(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return cause.name === 'ConnectionError' || typeof (cause as { code?: unknown }).code === 'number';
}

/** A device with the app, its storage and its files, and the actions of its user. */
export class Device {
  readonly storage = new Map<string, unknown>();
  readonly files = new Map<string, Buffer>();
  accountId: Person;
  app: App | null = null;
  chat: Chat | null = null;
  isAtEnd = true;
  skewMs = 0;
  storageIs: 'fine' | 'full' | 'broken' = 'fine';
  network = true;
  connectFaults = 0;
  /** Messages that were sent on this device. */
  readonly sent: Sent[] = [];
  /** The last draft of each conversation. */
  readonly drafts = new Map<Place, string>();
  /** Conversations whose draft could not be stored; it is lost when the app ends. */
  private readonly unstored = new Set<Place>();
  /** Rejections of the user's taps other than typed errors, and errors of ended apps. */
  readonly thrown: unknown[] = [];
  /** The most sockets that were open at once, in all starts of the app. */
  mostSockets = 0;
  /** Called with every opened chat and every entered room, so that a test can plant a fault. */
  onChat: (chat: Chat) => void = () => undefined;
  onRoom: (room: RoomStore) => void = () => undefined;
  onApp: (app: App) => void = () => undefined;
  /** Called when a chat was deleted, with the times of the request and of its answer. */
  onCleared: (place: Place, from: number, until: number) => void = () => undefined;
  private readonly watched = new Map<string, () => void>();
  private stopPins: (() => void) | null = null;
  private readonly toClear = new Set<Place>();

  constructor(
    readonly name: DeviceName | `${Person}/new`,
    private readonly emulatorNow: () => Parameters<typeof environmentOf>[0],
    private readonly teamId: string,
    private readonly closeDelayMs: number,
  ) {
    this.accountId = name.split('/')[0] as Person;
  }

  get running(): App {
    if (!this.app) throw new Error(`the app of ${this.name} has ended`);
    return this.app;
  }

  get account(): AccountStores | null {
    return this.app?.root.account ?? null;
  }

  /** False while the account that the user has switched to is still signing in. */
  get showsOwnAccount(): boolean {
    return this.account?.accountId === this.accountId;
  }

  get acts(): MessageActs | null {
    const { app, account } = this;
    return app && account && app.module.actsOf(account, app.core.platform.clock);
  }

  get isShown(): boolean {
    return this.app?.wx.app.visible === true;
  }

  /** Whether pages open: they wait for the file of the SDK. */
  get hasSdk(): boolean {
    return this.app?.module.sdkFile.isLoaded() === true;
  }

  get isOnline(): boolean {
    return this.app?.root.connection.isOnline === true;
  }

  /** Number of listeners of the SDK's services and of wx. */
  listenerCount(): number {
    const { app } = this;
    const services = app?.core.manager.connection?.services;
    if (!app || !services) return 0;
    const emitters = Object.values(services) as unknown as Partial<SdkEmitter>[];
    const counts = emitters.map(
      (one) =>
        one.eventNames?.().reduce((sum, name) => sum + (one.listenerCount?.(name) ?? 0), 0) ?? 0,
    );
    return counts.reduce((sum, one) => sum + one, app.wx.app.listenerCount());
  }

  get room(): RoomStore | null {
    return this.app?.chatroom.room ?? null;
  }

  /** Starts the app: WeChat creates a new logic layer with the storage and files that are left. */
  start(): void {
    if (this.app) return;
    const wx = createWx({
      storage: this.storage,
      files: this.files,
      closeDelayMs: this.closeDelayMs,
      clock: timersOf(),
      loginCode: () => `demo:${this.accountId}`,
      storageFault: (operation) => {
        if (this.storageIs === 'broken') return `${operation} DB data fail`;
        return this.storageIs === 'full' && operation === 'set'
          ? 'exceed storage max size 10Mb'
          : undefined;
      },
      connectFault: () => (this.connectFaults-- > 0 ? 'fail' : undefined),
    });
    wx.onActivity(poke);
    const clock = dateOf(() => Date.now() + this.skewMs);
    const module = evaluate<AllModule>(
      bundle('all-core-entry.ts'),
      wx.wx,
      environmentOf(this.emulatorNow()),
      { Date: clock },
    );
    const core = module.boot();
    const root = module.createRootStore(core);
    const chatroom = module.createChatroom(core, root);
    this.app = { module, core, root, chatroom, wx };
    wx.network.set(this.network);
    this.onApp(this.app);
  }

  /** The user signs in, or the app restores the account of the last start. */
  async signIn(): Promise<void> {
    const { session } = this.running.root;
    await session.restore();
    if (session.status === 'signedOut') await session.signIn({ way: 'oneTap' }, { remember: true });
  }

  /** WeChat ends the app: it goes to the background, and its sockets close. */
  async end(): Promise<void> {
    const { app } = this;
    if (!app) return;
    this.close();
    this.loseOf(({ place }) => place === 'room');
    // A file whose copy was not complete is gone; the next start shows its message as failed.
    this.loseOf(
      ({ id, isFile }) => isFile && ![...this.files.keys()].some((name) => name.includes(id)),
    );
    for (const place of this.unstored) this.drafts.delete(place);
    if (app.wx.app.visible) app.wx.app.hide();
    this.app = null;
    await app.chatroom.dispose();
    app.root.dispose();
    await app.core.manager.destroy();
    this.mostSockets = Math.max(this.mostSockets, app.wx.sockets.maxLive);
    this.thrown.push(...app.wx.errors);
    if (app.wx.sockets.live > 0) this.thrown.push(new Error(`${app.wx.sockets.live} sockets left`));
    app.wx.dispose();
  }

  /** The user leaves the account and signs in with another. */
  async switchTo(accountId: Person): Promise<void> {
    const { session } = this.running.root;
    this.close();
    this.loseOf(() => true);
    for (const key of [...this.drafts.keys()]) this.drafts.delete(key);
    this.accountId = accountId;
    await session.signOut();
    await session.signIn({ way: 'oneTap' }, { remember: true });
  }

  conversationId(place: Place): string {
    return place === 'team' ? `${this.accountId}|2|${this.teamId}` : `${this.accountId}|1|${place}`;
  }

  placeOf(chat: Chat): Place {
    return chat.targetId === this.teamId ? 'team' : (chat.targetId as Person);
  }

  open(place: Place): Chat | null {
    const { account, acts } = this;
    if (!account || !acts || place === this.accountId) return null;
    if (this.chat && this.placeOf(this.chat) === place) return this.chat;
    this.close();
    const id = this.conversationId(place);
    const chat = account.messages.open(id);
    this.onChat(chat);
    this.chat = chat;
    this.isAtEnd = true;
    this.stopPins = acts.pins.watch(id);
    return chat;
  }

  close(): void {
    for (const stop of this.watched.values()) stop();
    this.watched.clear();
    this.stopPins?.();
    this.stopPins = null;
    this.chat?.close();
    this.chat = null;
  }

  /** The page watches reactions and receipts of the rows that it draws. */
  watchRows(rows: readonly MessageRow[]): void {
    const { acts } = this;
    if (!acts) return;
    for (const row of rows) {
      const { messageClientId: id, message } = row;
      const key = `${id} ${message.messageServerId}`;
      if (row.recalled || this.watched.has(key)) continue;
      const stops = [acts.reactions.watch(message), acts.watchReads(message)];
      this.watched.set(key, () => stops.forEach((stop) => stop()));
    }
  }

  hide(cut: boolean): void {
    const { app } = this;
    if (!app || !this.isShown) return;
    app.wx.app.hide();
    this.chat?.setVisible(false);
    if (cut) app.wx.sockets.cutAll();
  }

  show(): void {
    const { app } = this;
    if (!app) return;
    if (!this.isShown) app.wx.app.show();
    this.chat?.setVisible(true);
  }

  scroll(toEnd: boolean): void {
    if (this.chat) this.isAtEnd = toEnd;
    this.chat?.setAtBottom(toEnd);
    this.room?.feed.setAtBottom(toEnd);
  }

  /** Sends a message of a kind with this mark into the open chat. */
  write(kind: SentKind, mark: string): void {
    const { chat, app } = this;
    if (!chat || !app) return;
    this.isAtEnd = true;
    const row = this.message(chat, app, kind, mark);
    if (row) this.note(row.messageClientId, mark, this.placeOf(chat), kind in EXTENSIONS);
  }

  writeInRoom(mark: string): void {
    const { room } = this;
    if (room?.state.name !== 'inside' && room?.state.name !== 'reconnecting') return;
    room.sendText(mark);
    this.note(mark, mark, 'room');
  }

  enterRoom(): void {
    const { app } = this;
    if (!app || this.room) return;
    const roomNick = this.accountId.toUpperCase();
    const token = `token-${this.accountId}`;
    const signIn = { way: 'static' as const, accountId: this.accountId, token };
    this.tap(
      app.chatroom
        .enter(ROOM, app.root.session.status === 'signedIn' ? { roomNick } : { signIn, roomNick })
        .then((room) => this.onRoom(room)),
    );
  }

  leaveRoom(): void {
    this.loseOf(({ place }) => place === 'room');
    this.tap(this.app?.chatroom.leave());
  }

  /** Acts on the nth row of the open chat that allows the act. */
  act(name: 'recall' | 'edit' | 'remove' | 'react' | 'pin' | 'unpin', nth: number): void {
    const { chat, acts } = this;
    if (!chat || !acts) return;
    const rows = this.rows().filter(({ status, recalled }) => status === 'sent' && !recalled);
    const able = rows.filter(({ mine, kind }) => {
      if (name === 'recall') return mine;
      return name !== 'edit' || (mine && kind === 'text');
    });
    const row = able.at(nth % able.length);
    if (!row) return;
    switch (name) {
      case 'recall':
      case 'remove':
        return this.tap(chat[name](row));
      case 'edit': {
        const text = `${row.text.replace(/ v\d+$/, '')} v${Math.abs(nth)}`;
        return this.tap(acts.edits.save(row.message, text, (edited) => chat.modified([edited])));
      }
      case 'react':
        return this.tap(acts.reactions.toggle(row.message, 1 + (nth % 3)));
      case 'pin':
        return this.tap(acts.pins.pin(row.message));
      case 'unpin': {
        const pin = acts.pins.of(chat.conversationId).list[0];
        return pin && this.tap(acts.pins.unpin(pin.refer));
      }
    }
  }

  /** Deletes the chat with its history. A failed deletion is repeated when the faults have ended. */
  clear(place: Place): void {
    const { account } = this;
    if (!account || place === this.accountId) return;
    const from = Date.now();
    const cleared = account.messages.deleteConversation(this.conversationId(place), {
      clearHistory: true,
    });
    cleared.then(
      () => {
        this.drafts.delete(place);
        this.loseOf((one) => one.place === place);
        this.onCleared(place, from, Date.now());
      },
      () => this.toClear.add(place),
    );
    this.tap(cleared);
  }

  clearAgain(): void {
    for (const place of [...this.toClear]) {
      this.toClear.delete(place);
      this.clear(place);
    }
  }

  draft(place: Place, text: string): void {
    const { account } = this;
    if (!account || place === this.accountId) return;
    account.messages.drafts.keep(this.conversationId(place), text);
    this.drafts.set(place, text);
    if (this.storageIs === 'fine') this.unstored.clear();
    else this.unstored.add(place);
  }

  resend(): void {
    for (const row of this.rows()) if (row.status === 'failed') this.chat?.resend(row);
    for (const row of this.room?.feed.rows() ?? [])
      if (row.status === 'failed') this.room?.resend(row);
  }

  rows(): MessageRow[] {
    const { chat } = this;
    return chat ? [...chat.history.slice().reverse(), ...chat.live] : [];
  }

  /** Marks the matching messages as such that may be missing. */
  loseOf(matches: (sent: Sent) => boolean): void {
    for (const one of this.sent) if (matches(one)) one.mayBeLost = true;
  }

  tap(promise: Promise<unknown> | undefined): void {
    promise?.catch((cause: unknown) => {
      if (!isConnectionError(cause)) this.thrown.push(cause);
    });
  }

  private note(id: string, mark: string, place: Place | 'room', isFile = false): void {
    const mayBeLost = this.storageIs !== 'fine';
    this.sent.push({ id, mark, place, by: this.accountId, mayBeLost, isFile });
  }

  private message(chat: Chat, { wx }: App, kind: SentKind, mark: string): MessageRow | null {
    const { creator } = chat;
    switch (kind) {
      case 'text':
        return chat.sendText(mark);
      case 'tips':
        return chat.send(creator.createTipsMessage(mark));
      case 'location':
        return chat.send({ ...creator.createLocationMessage(30.2, 120.1, 'Hangzhou'), text: mark });
      case 'nameCard':
      case 'custom': {
        const account = kind === 'nameCard' ? 'chen' : undefined;
        const json = { type: kind, account, name: mark, avatar: '' };
        return chat.send(creator.createCustomMessage('', JSON.stringify(json)));
      }
      default: {
        const bytes = Buffer.alloc(FILE_BYTES, mark);
        const ext = EXTENSIONS[kind];
        const file: OutgoingFile = {
          kind,
          file: wx.files.add(bytes, ext),
          name: `${mark}.${ext}`,
          ...(kind === 'audio' || kind === 'video' ? { duration: 2000 } : {}),
          ...(kind === 'image' || kind === 'video' ? { width: 30, height: 40 } : {}),
        };
        return chat.sendFile(file);
      }
    }
  }
}
