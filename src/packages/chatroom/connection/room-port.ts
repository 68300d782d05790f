import type { SdkError } from '@/sdk';
import type {
  RoomInfo,
  RoomMember,
  RoomMessage,
  RoomMessageCreator,
  RoomQueueElement,
  RoomQueueService,
  RoomService,
  RoomStorage,
} from '../sdk-types';
import type { EnterParams } from './enter-params';
import type { Proof } from './room-sign-in';

/** The SDK's services of one room under short names, for the stores. */
export interface RoomServices {
  room: RoomService;
  queue: RoomQueueService;
  creator: RoomMessageCreator;
  storage: RoomStorage;
}

/** One attempt to enter; address, token and extension are fetched right before. */
export interface EnterRequest {
  roomId: string;
  /**
   * `host[:port]`, a single address. The SDK opens a socket for each of several addresses, without a pause
   * (docs/yunxin-protocol.md, section 6.2).
   */
  address: string;
  proof: Proof;
  params: EnterParams;
  /**
   * The visit continues: sent as the SDK's own reconnect (appLogin 0), so that the server counts no new
   * entering and removes no other client.
   */
  isReconnect: boolean;
  /** Seconds, the unit of the chatroom SDK (the IM login uses milliseconds). */
  timeoutSeconds: number;
}

/** The server's state at the entering: the room, and the own member. */
export interface EnterResult {
  chatroom: RoomInfo;
  selfMember: RoomMember;
}

export interface RoomPortEvents {
  /** The SDK's V2NIMChatroomStatus; see `RoomStatus` in constants. */
  status: [status: number, error?: SdkError];
  /**
   * The visit has ended; no reconnect follows. A kick has its own event, in the same turn, after this event.
   */
  exited: [error?: SdkError];
  kicked: [reason: number, extension: string];
  message: [message: RoomMessage];
  /** An own message changed while sending: uploading, uploaded, sent, failed. */
  sending: [message: RoomMessage];
  revoked: [messageClientId: string];
  memberEntered: [member: RoomMember];
  memberLeft: [accountId: string];
  memberChanged: [member: RoomMember];
  roleChanged: [previousRole: number, member: RoomMember];
  /** The own account was muted or unmuted. */
  selfMuted: [muted: boolean];
  /** The own account was muted for this number of seconds, or unmuted. */
  selfTempMuted: [muted: boolean, seconds: number];
  roomChanged: [room: RoomInfo];
  roomMuted: [muted: boolean];
  tagsChanged: [tags: string[]];
  queueOffered: [elements: RoomQueueElement[]];
  queueTaken: [elements: RoomQueueElement[]];
  queueCleared: [];
  /** The SDK could not read a packet, outside of the socket's callback. */
  unreadable: [error: unknown];
}

/**
 * One instance of the chatroom SDK as the connection sees it. `createRoomPort` in sdk.ts is the
 * implementation; unit tests use a fake with the SDK's measured behaviour.
 */
export interface RoomPort {
  readonly services: RoomServices;
  on<K extends keyof RoomPortEvents>(
    event: K,
    handler: (...args: RoomPortEvents[K]) => void,
  ): () => void;
  /**
   * One attempt on one address. Rejects with SdkError; may never settle (docs/yunxin-protocol.md, section
   * 6.4).
   */
  enter(request: EnterRequest): Promise<EnterResult>;
  /**
   * Leaves and frees the instance. Never rejects. Resolves when the SDK called `close` on its socket, which
   * is before the socket's `onClose`.
   */
  destroy(): Promise<void>;
}

export type CreateRoomPort = () => RoomPort;
