import { ConnectionError, type ImConnection } from '@/connection';
import type { Clock, KeyValueStorage, TimerHandle } from '@/platform';
import { SignallingChannelType } from '@/sdk/constants';
import type { V2NIMSignallingCallResult, V2NIMSignallingRoomInfo } from '@/sdk/types';
import { isLinkLost } from '../link-lost';
import type { MediaSession } from './call-media';
import { busyExtension, type CallControl, controlExtension } from './call-signal';
import type { Call, CallType } from './call-state';

/** What the server answers to call and callSetup, but for the person and the type. */
export type Joined = Pick<MediaSession, 'channelName' | 'uid' | 'token' | 'tokenTtl' | 'params'>;

/** Public codes of signalling (V2NIMErrorCode; the web SDK passes them on without a name). */
export const SignallingCode = {
  inviteAccepted: 118302,
  memberNotExist: 118303,
  inviteRejected: 118307,
  inviteNotExist: 118310,
  roomNotExist: 118404,
} as const;

/** With these there is nothing of ours left in the channel, or no channel. */
const NOTHING_LEFT: readonly number[] = [
  SignallingCode.memberNotExist,
  SignallingCode.roomNotExist,
];
/** Between two tries to close a channel while the link is up. */
const RETRY_MS = 5_000;
/** Then it is left to its expiry, two hours after the SDK stops extending it. */
const TRIES = 10;

/** A channel that exists on the server, or may. */
interface Room {
  readonly channelName: string;
  channelId: string;
  /** The invitation to withdraw before closing; undefined for a callee. */
  readonly invitation?: { readonly inviteeAccountId: string; readonly requestId: string };
  /** Its first request has not been answered. */
  opening: boolean;
  /** It shall go. */
  closing: boolean;
  settling: boolean;
  tries: number;
}

/**
 * The channels of my calls on the server. A channel outlives links, pages and the app, so what was opened
 * is written down before the server can know of it, and is closed until the server has said that it is
 * gone: now, after the next reconnect, or at the next start.
 */
export class CallRooms {
  private readonly rooms = new Map<string, Room>();
  private readonly key: string;
  private readonly stop: () => void;
  private timer: TimerHandle | null = null;

  constructor(
    private readonly connection: ImConnection,
    private readonly storage: KeyValueStorage,
    private readonly clock: Clock,
  ) {
    this.key = `yunxin.call.${connection.accountId}`;
    for (const channelName of this.leftBehind())
      this.rooms.set(channelName, { ...newRoom(channelName), closing: true });
    this.stop = connection.on('state', ({ to }) => {
      if (to.name === 'online') this.settleAll();
    });
  }

  /** Creates the channel, joins and invites. @throws ConnectionError */
  open(call: Call, type: CallType): Promise<Joined> {
    const { channelName, requestId, peerId } = call;
    const room: Room = {
      ...newRoom(channelName),
      invitation: { inviteeAccountId: peerId, requestId },
    };
    return this.enter(room, call, () =>
      this.signalling.call({
        calleeAccountId: peerId,
        requestId,
        channelName,
        channelType: (type === 'video'
          ? SignallingChannelType.VIDEO
          : SignallingChannelType.AUDIO) as never,
        rtcConfig: { rtcChannelName: channelName },
      }),
    );
  }

  /** Accepts the invitation and joins. @throws ConnectionError, 118302 and the like when it was answered */
  accept(call: Call): Promise<Joined> {
    const { channelId, channelName, requestId, peerId } = call;
    return this.enter({ ...newRoom(channelName), channelId }, call, () =>
      this.signalling.callSetup({
        channelId,
        callerAccountId: peerId,
        requestId,
        rtcConfig: { rtcChannelName: channelName },
      }),
    );
  }

  /** Says no. Whether it arrives changes nothing here: the caller gives up by itself. */
  async reject(
    { channelId, requestId, peerId }: Pick<Call, 'channelId' | 'requestId' | 'peerId'>,
    reason?: 'busy',
  ): Promise<void> {
    try {
      await this.signalling.rejectInvite({
        channelId,
        inviterAccountId: peerId,
        requestId,
        ...(reason === 'busy' ? { serverExtension: busyExtension() } : {}),
      });
    } catch {
      // Answered on another client, withdrawn, or no link.
    }
  }

  /** Tells the other side, if there is a link. */
  control({ channelId, peerId }: Call, control: CallControl): void {
    this.signalling.sendControl(channelId, peerId, controlExtension(control)).catch(ignore);
  }

  /** The channel as the server has it. @throws ConnectionError, 118404 when it is gone */
  async look({ channelName }: Call): Promise<V2NIMSignallingRoomInfo> {
    try {
      return await this.signalling.getRoomInfoByChannelName(channelName);
    } catch (cause) {
      throw ConnectionError.from(cause);
    }
  }

  /** Withdraws what was offered and closes the channel, however long it takes. */
  shut({ channelName }: Call): void {
    const room = this.rooms.get(channelName);
    if (!room) return;
    room.closing = true;
    void this.settle(room);
  }

  /** The server has said that the channel is gone, or it is another client's now. */
  forget({ channelName }: Pick<Call, 'channelName'>): void {
    if (this.rooms.delete(channelName)) this.save();
  }

  /** The login ends in this turn: what is sent now goes out before the logout. */
  shutAtOnce(): void {
    for (const room of [...this.rooms.values()]) {
      const { channelId, invitation } = room;
      if (!channelId) continue;
      if (invitation) this.signalling.cancelInvite({ channelId, ...invitation }).catch(ignore);
      this.signalling.closeRoom(channelId, true).catch(ignore);
      this.forget(room);
    }
  }

  dispose(): void {
    this.stop();
    this.clock.clearTimeout(this.timer);
    this.rooms.clear();
  }

  private get signalling() {
    return this.connection.services.signalling;
  }

  private async enter(
    room: Room,
    call: Call,
    request: () => Promise<V2NIMSignallingCallResult>,
  ): Promise<Joined> {
    room.opening = true;
    this.rooms.set(room.channelName, room);
    this.save();
    try {
      const { roomInfo, rtcInfo } = await request();
      const { channelId, channelName = room.channelName } = roomInfo.channelInfo;
      room.channelId = channelId;
      call.channelId = channelId;
      const me = roomInfo.members?.find(({ accountId }) => accountId === this.connection.accountId);
      return {
        channelName,
        uid: me?.uid ?? 0,
        token: rtcInfo?.rtcToken ?? '',
        tokenTtl: rtcInfo?.rtcTokenTtl ?? 0,
        params: rtcInfo?.rtcParams ?? '',
      };
    } catch (cause) {
      const error = ConnectionError.from(cause);
      // The server said no: there is nothing to close. Without its answer there may be.
      if (!isLinkLost(error.code)) this.forget(room);
      throw error;
    } finally {
      room.opening = false;
      if (room.closing) void this.settle(room);
    }
  }

  private settleAll(): void {
    for (const room of [...this.rooms.values()]) if (room.closing) void this.settle(room);
  }

  private async settle(room: Room): Promise<void> {
    const isOurs = this.rooms.get(room.channelName) === room;
    if (!isOurs || room.opening || room.settling) return;
    if (this.connection.state.name !== 'online') return;
    room.settling = true;
    room.tries++;
    try {
      await this.close(room);
      this.forget(room);
    } catch (cause) {
      const { code } = ConnectionError.from(cause);
      // A request that was cut off may still arrive: one look for its channel is not enough.
      const isSure = room.channelId !== '' || room.tries > 1;
      if ((NOTHING_LEFT.includes(code) && isSure) || room.tries >= TRIES) this.forget(room);
      else this.tryAgain();
    } finally {
      room.settling = false;
    }
  }

  private async close(room: Room): Promise<void> {
    if (!room.channelId) {
      const { channelInfo } = await this.signalling.getRoomInfoByChannelName(room.channelName);
      room.channelId = channelInfo.channelId;
    }
    const { channelId, invitation } = room;
    // Answered meanwhile or not: it is closed in any case, and who has joined is told.
    if (invitation) await this.signalling.cancelInvite({ channelId, ...invitation }).catch(ignore);
    await this.signalling.closeRoom(channelId, true);
  }

  private tryAgain(): void {
    if (this.timer) return;
    this.timer = this.clock.setTimeout(() => {
      this.timer = null;
      this.settleAll();
    }, RETRY_MS);
  }

  /** Names of channels that were open when the app ended. Random words: they say nothing of anybody. */
  private leftBehind(): string[] {
    try {
      const names: unknown = JSON.parse(this.storage.get(this.key) ?? '[]');
      return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
    } catch {
      return [];
    }
  }

  private save(): void {
    const names = [...this.rooms.keys()];
    if (names.length > 0) this.storage.set(this.key, JSON.stringify(names));
    else this.storage.remove(this.key);
  }
}

function newRoom(channelName: string): Room {
  return { channelName, channelId: '', opening: false, closing: false, settling: false, tries: 0 };
}

/** For what is said at best: the close of the channel, or the next word, counts. */
function ignore(): void {}
