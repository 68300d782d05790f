import type { Core } from '@/connection/boot';
import type { ChatroomStore, RoomStore } from '@/packages/chatroom';
import type { RootStore } from '@/stores';
import { createWx, type WxHandle, type WxOptions } from '../wx';
import { noteAskedHosts } from './asked-hosts';
import { addWatch, addWitness, poke } from './activity';
import { bundle, evaluate } from './bundle';
import { type EmulatorAddress, environmentOf } from './environment';
import { waitFor } from './wait-for';

interface RoomCoreModule {
  boot: () => Core;
  createRootStore: (core: Core) => RootStore;
  createChatroom: (core: Core, root: RootStore) => ChatroomStore;
  instanceCount: () => number;
  autorun: (look: () => void) => () => void;
}

/** An isolated client of the app's own core with the chatroom package. */
export interface RoomClient {
  readonly root: RootStore;
  readonly core: Core;
  readonly chatroom: ChatroomStore;
  readonly wx: WxHandle;
  /** The current room. @throws outside a room */
  readonly room: RoomStore;
  /** SDK instances that are alive. */
  instances(): number;
  /** Signs in to IM with the account's static token. */
  signIn(accountId: string): Promise<void>;
  /** Leaves the room and signs out; every socket is closed afterwards. */
  dispose(): Promise<void>;
}

let clients = 0;

export function createRoomClient(
  emulator: EmulatorAddress,
  wxOptions: WxOptions = {},
  env = environmentOf(emulator),
): RoomClient {
  const wx = createWx(wxOptions);
  const module = evaluate<RoomCoreModule>(bundle('room-core-entry.ts'), wx.wx, env);
  const core = module.boot();
  const root = module.createRootStore(core);
  const chatroom = module.createChatroom(core, root);
  const label = `room client ${++clients}`;
  const stops = [
    wx.onActivity(poke),
    addWatch(module.autorun),
    addWitness(() => describe(label, chatroom, core, wx)),
  ];
  return {
    root,
    core,
    chatroom,
    wx,
    get room() {
      if (!chatroom.room) throw new Error(`${label} is in no room`);
      return chatroom.room;
    },
    instances: module.instanceCount,
    async signIn(accountId) {
      await root.session.signIn({ way: 'static', accountId, token: `token-${accountId}` });
      await waitFor(() => root.session.status === 'signedIn', { what: `${accountId} to sign in` });
    },
    async dispose() {
      await chatroom.dispose();
      root.dispose();
      await core.manager.destroy();
      for (const stop of stops) stop();
      wx.dispose();
      noteAskedHosts(wx);
    },
  };
}

/** Texts of a room's window, oldest first. */
export function roomTexts(room: RoomStore): string[] {
  return room.feed
    .rows()
    .filter(({ kind }) => kind === 'text')
    .map(({ text }) => text);
}

function describe(label: string, { room, rooms }: ChatroomStore, core: Core, wx: WxHandle): string {
  const lines = [
    `${label}: ${rooms.map(({ roomId }) => roomId).join(' ')} ${room?.roomId} ${JSON.stringify(room?.state)}`,
  ];
  if (room) {
    const { feed } = room;
    lines.push(
      `  ready ${feed.ready} ${JSON.stringify(feed.counters)} ${JSON.stringify(room.composer)}`,
      `  ${feed
        .rows()
        .slice(-10)
        .map(({ kind, text, status }) => `${kind}:${text}:${status}`)
        .join(' | ')}`,
    );
  }
  lines.push(
    ...core.journal
      .entries()
      .slice(-25)
      .map(({ kind, text }) => `  ${kind} ${text}`),
  );
  for (const error of wx.errors) lines.push(`  thrown: ${String(error)}`);
  return lines.join('\n');
}
