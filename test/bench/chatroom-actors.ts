import type { RoomLease, RoomLeases, SocketGate } from '@/connection';
import type { Emulator } from '../../emulator';
import { bundle, evaluate } from '../harness/bundle';
import { createWx, type WxHandle } from '../wx';

/** An actor that switches rooms, either with the gate and leases or with the bare chatroom SDK. */
export interface RoomActor {
  readonly wx: WxHandle;
  /** Leaves the current room, if there is one, and enters this room. */
  switchTo(roomId: string): Promise<void>;
  /** The current room. */
  room(): string | undefined;
  dispose(): Promise<void>;
}

export interface RoomActorOptions {
  emulator: Emulator;
  closeMs: number;
  /** Number of links of each room; the SDK tries the links in order without a pause. */
  links?: number;
}

interface ChatroomClient {
  readonly instanceId: number;
  getInstanceId(): number;
  /** Replaces the linkSSL option, which the chatroom SDK lacks (docs/yunxin-protocol.md, section 1.2). */
  clientSocket: { setLinkSSL(on: boolean): void };
  enter(roomId: string, params: object): Promise<unknown>;
}

interface ChatroomBundle {
  V2NIMChatroomClient: {
    newInstance(options: object, other: object): ChatroomClient;
    destroyInstance(instanceId: number): Promise<void>;
  };
  installWxSocketGate(host: unknown, gate: SocketGate): () => void;
  SocketGate: new (clock: unknown) => SocketGate;
  RoomLeases: new (gate: SocketGate) => RoomLeases;
  systemClock: unknown;
}

function open(
  { emulator, closeMs, links = 1 }: RoomActorOptions,
  limits: { total: number; perHost: number } | false,
) {
  const wx = createWx({ closeDelayMs: closeMs, limits });
  const sdk = evaluate<ChatroomBundle>(bundle('chatroom-entry.ts'), wx.wx, {});
  const create = () => {
    const client = sdk.V2NIMChatroomClient.newInstance(
      { appkey: emulator.appkey, debugLevel: 'off' },
      {
        reporterConfig: { isDataReportEnable: false, enableCompass: false },
        abtestConfig: { isAbtestEnable: false },
      },
    );
    client.clientSocket.setLinkSSL(false);
    return client;
  };
  const enter = (client: ChatroomClient, roomId: string) =>
    client.enter(roomId, {
      accountId: 'u1',
      token: 'token-u1',
      linkProvider: () => Promise.resolve(Array.from({ length: links }, () => emulator.linkUrl)),
      timeout: 20,
    });
  return { wx, sdk, create, enter };
}

/** Creates an actor as the documents say: awaits destroyInstance, then creates a new instance. */
export function bareRoomActor(options: RoomActorOptions): RoomActor {
  const { wx, sdk, create, enter } = open(options, false);
  let current: { client: ChatroomClient; roomId: string } | undefined;
  const leave = async () => {
    const left = current;
    current = undefined;
    if (left) await sdk.V2NIMChatroomClient.destroyInstance(left.client.getInstanceId());
  };
  return {
    wx,
    room: () => current?.roomId,
    async switchTo(roomId) {
      await leave();
      const client = create();
      await enter(client, roomId);
      current = { client, roomId };
    },
    async dispose() {
      await leave();
      wx.dispose();
    },
  };
}

/** Creates an actor with the same SDK behind the gate and a lease for the room's socket. */
export function gatedRoomActor(options: RoomActorOptions): RoomActor {
  const { wx, sdk, create, enter } = open(options, { total: 5, perHost: 2 });
  const gate = new sdk.SocketGate(sdk.systemClock);
  sdk.installWxSocketGate(wx.wx, gate);
  const leases = new sdk.RoomLeases(gate);
  let current: { client: ChatroomClient; lease: RoomLease } | undefined;
  const leave = async () => {
    const left = current;
    current = undefined;
    if (!left) return;
    await sdk.V2NIMChatroomClient.destroyInstance(left.client.getInstanceId());
    await left.lease.release();
  };
  return {
    wx,
    room: () => current?.lease.roomId,
    async switchTo(roomId) {
      await leave();
      const lease = await leases.lease(roomId);
      const remove = gate.addOwnerRule(() => lease.owner);
      const client = create();
      try {
        await enter(client, roomId);
        current = { client, lease };
      } catch (error) {
        await sdk.V2NIMChatroomClient.destroyInstance(client.getInstanceId());
        await lease.release();
        throw error;
      } finally {
        remove();
      }
    },
    async dispose() {
      await leave();
      wx.dispose();
    },
  };
}
