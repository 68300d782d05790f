import { makeObservable, observableRef, runInAction } from 'mobx';
import { type Credentials, fullJitter } from '@/connection';
import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { anonymousAccount } from '../connection/anonymous-account';
import { ChatroomConnection } from '../connection/chatroom-connection';
import type { EnterParams } from '../connection/enter-params';
import { RoomAddresses } from '../connection/room-addresses';
import type { CreateRoomPort } from '../connection/room-port';
import type { RoomSignIn } from '../connection/room-sign-in';
import { Mutex } from '../connection/mutex';
import { RoomListStore } from './room-list-store';
import { RoomServer } from './room-server';
import { RoomStore } from './room-store';

/** A guest under the name that this device keeps. */
export interface AnonymousSignIn {
  readonly way: 'anonymous';
  readonly loginExtensionProvider?: RoomSignIn['loginExtensionProvider'];
}

export interface EnterOptions extends EnterParams {
  /**
   * How to sign in to the room. Without it: in the way of the IM login, with a fresh token where that way has
   * one; anonymously without an IM login.
   */
  signIn?: RoomSignIn | AnonymousSignIn;
}

export interface ChatroomDependencies {
  core: Pick<Core, 'env' | 'platform' | 'gate' | 'journal' | 'manager'>;
  stores: Pick<RootStore, 'account' | 'appServer'>;
  createPort: CreateRoomPort;
  /** Maximum number of rooms at a time; 1 by default. */
  places?: 1 | 2;
}

/** The list of rooms, and the current room. */
export class ChatroomStore {
  readonly roomList: RoomListStore;
  /** The room that was entered last; after a removal it stays, with the reason. */
  room: RoomStore | null = null;
  /** Every room that is entered or being entered; more than one only with two places. */
  rooms: readonly RoomStore[] = [];
  private readonly server: RoomServer;
  private readonly connectMutex = new Mutex();
  private readonly stop: () => void;
  /** Rooms that were entered with the IM account: they end with its login. */
  private readonly ofAccount = new Map<RoomStore, string>();

  constructor(private readonly deps: ChatroomDependencies) {
    const { core, places = 1 } = deps;
    makeObservable(this, { room: observableRef, rooms: observableRef });
    this.server = new RoomServer(deps.stores.appServer);
    this.roomList = new RoomListStore(this.server, core.platform.storage);
    core.manager.rooms.setPlaces(places);
    const stops = [
      core.manager.on('connection', (connection) => this.onAccount(connection?.accountId)),
      core.platform.lifecycle.onEnd?.(() => void this.leaveAll()),
    ];
    this.stop = () => stops.forEach((stop) => stop?.());
  }

  /**
   * Enters a room; without a free place the oldest visit ends first. Of several calls the last one wins. The
   * store of the new room is in `room` at once. Resolves when inside.
   * @throws ConnectionError: 191004 (InvalidParameter) before a socket opens, 600122 when another room was
   * requested meanwhile, else with the code that ended the visit
   */
  async enter(roomId: string, options: EnterOptions = {}): Promise<RoomStore> {
    const room = this.create(roomId, options);
    runInAction(() => {
      this.room = room;
      this.rooms = [...this.rooms, room];
    });
    try {
      await room.enter();
    } finally {
      if (room.state.name === 'exited') this.drop(room);
    }
    const { roomName = roomId, announcement = '' } = room.info ?? {};
    this.roomList.remember({
      cover: '',
      live: false,
      ...this.roomList.room(roomId),
      roomId,
      roomName,
      announcement,
      onlineUserCount: room.onlineCount,
    });
    return room;
  }

  /** Leaves the current room, or gives up entering it. Resolves when its socket is closed. */
  async leave(room: RoomStore | null = this.room): Promise<void> {
    if (!room) return;
    runInAction(() => {
      if (this.room === room) this.room = null;
    });
    await room.leave();
    this.drop(room);
    room.dispose();
  }

  /** Leaves every room and releases all resources. */
  async dispose(): Promise<void> {
    this.stop();
    this.roomList.dispose();
    await this.leaveAll();
  }

  /** The other members see the exit at once, not when the server notices it. */
  private async leaveAll(): Promise<void> {
    const open = new Set([...this.rooms, ...(this.room ? [this.room] : [])]);
    await Promise.all([...open].map((room) => this.leave(room)));
  }

  private create(roomId: string, { signIn, ...given }: EnterOptions): RoomStore {
    const { core, stores, createPort } = this.deps;
    const { manager, gate, journal, platform } = core;
    const { legalHosts } = core.env;
    const profile = stores.account?.users.self;
    const how = this.signInOf(signIn);
    const params: EnterParams = {
      // The server adds a profile that is not loaded here yet.
      ...(how.way !== 'anonymous' && profile?.known && profile.accountId === how.accountId
        ? { roomNick: profile.name, ...(profile.avatar ? { roomAvatar: profile.avatar } : {}) }
        : {}),
      ...given,
    };
    const connection = new ChatroomConnection({
      roomId,
      signIn: how,
      params,
      addresses: new RoomAddresses(roomId, {
        im: () => manager.connection,
        appServer: (id) => this.server.addresses(id),
        isLegal: (host) => legalHosts.socket.includes(host) && legalHosts.request.includes(host),
      }),
      leases: manager.rooms,
      gate,
      createPort,
      clock: platform.clock,
      network: platform.network,
      lifecycle: platform.lifecycle,
      connectMutex: this.connectMutex,
      retry: fullJitter(() => platform.random()),
      journal,
    });
    const room = new RoomStore({ connection, clock: platform.clock, params });
    if (!signIn && how.way !== 'anonymous') this.ofAccount.set(room, how.accountId);
    connection.on('state', ({ to }) => {
      if (to.name === 'exited') this.drop(room);
    });
    return room;
  }

  private signInOf(wished: EnterOptions['signIn']): RoomSignIn {
    const { platform, manager } = this.deps.core;
    if (wished && (wished.way !== 'anonymous' || 'accountId' in wished))
      return wished as RoomSignIn;
    const credentials = wished ? undefined : manager.connection?.credentials;
    if (!credentials)
      return {
        ...wished,
        way: 'anonymous',
        accountId: anonymousAccount(platform.storage, () => platform.random()),
      };
    return signInWith(credentials);
  }

  private onAccount(accountId: string | undefined): void {
    for (const [room, owner] of [...this.ofAccount]) if (owner !== accountId) void this.leave(room);
  }

  private drop(room: RoomStore): void {
    this.ofAccount.delete(room);
    if (!this.rooms.includes(room)) return;
    runInAction(() => (this.rooms = this.rooms.filter((other) => other !== room)));
    // Replaced by another room: no page shows it any more.
    if (this.room !== room) room.dispose();
  }
}

/** The way of the IM login, with the same providers. */
function signInWith(credentials: Credentials): RoomSignIn {
  const { accountId } = credentials;
  switch (credentials.authType) {
    case 'static': {
      const { token, renewToken } = credentials;
      return {
        way: 'static',
        accountId,
        token,
        ...(renewToken ? { renewToken: () => renewToken(accountId) } : {}),
      };
    }
    case 'dynamic':
      return {
        way: 'dynamic',
        accountId,
        tokenProvider: () => credentials.tokenProvider(accountId),
      };
    case 'thirdParty': {
      const { token } = credentials;
      return {
        way: 'thirdParty',
        accountId,
        loginExtensionProvider: () => credentials.loginExtensionProvider(accountId),
        ...(token ? { tokenProvider: () => Promise.resolve(token) } : {}),
      };
    }
  }
}
