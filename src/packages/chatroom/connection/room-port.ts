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
} from '../sdk';
import type { EnterParams } from './enter-params';
import type { Proof } from './room-sign-in';

/** The SDK's services of one room under short names; what stores work with. */
export interface RoomServices {
  room: RoomService;
  queue: RoomQueueService;
  creator: RoomMessageCreator;
  storage: RoomStorage;
}

/** One attempt to enter; address, token and extension were fetched just before. */
export interface EnterRequest {
  roomId: string;
  /** `host[:port]`. One only: of several the SDK opens a socket each, without a pause (wire protocol 6.2). */
  address: string;
  proof: Proof;
  params: EnterParams;
  /**
   * The visit goes on: told to the server as the SDK's own reconnect tells it (appLogin 0), so that it is no
   * new entering and puts no other client out.
   */
  isReconnect: boolean;
  /** Seconds, as the SDK counts them here (milliseconds in the IM login). */
  timeoutSeconds: number;
}

/** What the server says on entering: the room, and me in it. */
export interface EnterResult {
  chatroom: RoomInfo;
  selfMember: RoomMember;
}

export interface RoomPortEvents {
  /** The SDK's V2NIMChatroomStatus; see `RoomStatus` in constants. */
  status: [status: number, error?: SdkError];
  /** The room is over; no reconnect follows. A kick has its own event, in the same turn, after this one. */
  exited: [error?: SdkError];
  kicked: [reason: number, extension: string];
  message: [message: RoomMessage];
  /** A message of mine changed on its way: uploading, uploaded, sent, failed. */
  sending: [message: RoomMessage];
  revoked: [messageClientId: string];
  memberEntered: [member: RoomMember];
  memberLeft: [accountId: string];
  memberChanged: [member: RoomMember];
  roleChanged: [previousRole: number, member: RoomMember];
  /** I was muted, or am no longer. */
  selfMuted: [muted: boolean];
  /** I was muted for so many seconds, or am no longer. */
  selfTempMuted: [muted: boolean, seconds: number];
  roomChanged: [room: RoomInfo];
  roomMuted: [muted: boolean];
  tagsChanged: [tags: string[]];
  queueOffered: [elements: RoomQueueElement[]];
  queueTaken: [elements: RoomQueueElement[]];
  queueCleared: [];
}

/**
 * One instance of the chatroom SDK as the connection sees it. The real one is `createRoomPort` in sdk.ts;
 * unit tests use a fake with the SDK's measured habits.
 */
export interface RoomPort {
  readonly services: RoomServices;
  on<K extends keyof RoomPortEvents>(
    event: K,
    handler: (...args: RoomPortEvents[K]) => void,
  ): () => void;
  /** One attempt on one address. Rejects with SdkError; may never settle (wire protocol 6.4). */
  enter(request: EnterRequest): Promise<EnterResult>;
  /**
   * Leaves and frees the instance. Never rejects. Resolves when the SDK called `close` on its socket, which
   * is before the socket's `onClose`.
   */
  destroy(): Promise<void>;
}

export type CreateRoomPort = () => RoomPort;
