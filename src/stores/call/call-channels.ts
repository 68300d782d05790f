import { ConnectionError, type ImConnection } from '@/connection';
import type { Clock, KeyValueStorage, TimerHandle } from '@/platform';
import { SignallingChannelType } from '@/sdk/constants';
import type {
  V2NIMSignallingCallResult,
  V2NIMSignallingChannelInfo,
  V2NIMSignallingRoomInfo,
} from '@/sdk/types';
import { Code } from '@/sdk/codes';
import { isLinkLost } from '../messages/link-lost';
import type { MediaSession } from './call-media';
import { busyExtension, type CallControl, controlExtension } from './call-signal';
import type { Call, CallType } from './call-state';

/** The server's answer to `call` and `callSetup`, without the peer and the type. */
export type Joined = Pick<MediaSession, 'channelName' | 'uid' | 'token' | 'tokenTtl' | 'params'>;

/** After these codes there is nothing left to close: no channel, or no membership in it. */
const NOTHING_LEFT: readonly number[] = [Code.memberNotExist, Code.channelNotExist];
/** Pause between two attempts to close a channel while the link is up. */
const RETRY_MS = 5_000;
/** After this many attempts the channel is left to expire, two hours after the SDK stops extending it. */
const TRIES = 10;

/** A channel that exists on the server or may exist there. */
interface Channel {
  readonly channelName: string;
  channelId: string;
  /** The invitation to cancel before closing; undefined for a callee. */
  readonly invitation?: { readonly inviteeAccountId: string; readonly requestId: string };
  /** Whether the request that creates or joins the channel is unanswered. */
  isOpening: boolean;
  /** Whether the channel must be closed. */
  mustClose: boolean;
  isClosing: boolean;
  tries: number;
}

/**
 * The channels of this account's calls on the server. A channel outlives links, pages and the app. The name
 * of a channel is therefore stored before the server can know of it, and the channel is closed until the
 * server has confirmed the end: now, after the next reconnect, or at the next start.
 */
export class CallChannels {
  private readonly channels = new Map<string, Channel>();
  private readonly key: string;
  private readonly stop: () => void;
  private timer: TimerHandle | null = null;

  constructor(
    private readonly connection: ImConnection,
    private readonly storage: KeyValueStorage,
    private readonly clock: Clock,
  ) {
    this.key = `yunxin.call.${connection.accountId}`;
    for (const channelName of this.storedNames())
      this.channels.set(channelName, { ...newChannel(channelName), mustClose: true });
    this.stop = connection.on('state', ({ to }) => {
      if (to.name === 'online') this.closePending();
    });
  }

  /** Creates the channel, joins and invites. @throws ConnectionError */
  openChannel(call: Call, type: CallType): Promise<Joined> {
    const { channelName, requestId, peerId } = call;
    const channel: Channel = {
      ...newChannel(channelName),
      invitation: { inviteeAccountId: peerId, requestId },
    };
    return this.enterChannel(channel, call, () =>
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

  /** Accepts the invitation and joins. @throws ConnectionError, for example 118302 when it was answered already */
  acceptInvitation(call: Call): Promise<Joined> {
    const { channelId, channelName, requestId, peerId } = call;
    return this.enterChannel({ ...newChannel(channelName), channelId }, call, () =>
      this.signalling.callSetup({
        channelId,
        callerAccountId: peerId,
        requestId,
        rtcConfig: { rtcChannelName: channelName },
      }),
    );
  }

  /** Rejects an invitation. A lost rejection changes nothing here: the caller's own timeout ends the call. */
  async rejectInvitation(
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
      // The invitation was answered on another client or cancelled, or there is no link.
    }
  }

  /** Sends a control message to the peer if there is a link. */
  sendControl({ channelId, peerId }: Call, control: CallControl): void {
    this.signalling.sendControl(channelId, peerId, controlExtension(control)).catch(ignore);
  }

  /** The channel as the server knows it. @throws ConnectionError, 118404 when it does not exist any more */
  async fetchChannel({ channelName }: Call): Promise<V2NIMSignallingRoomInfo> {
    try {
      return await this.signalling.getRoomInfoByChannelName(channelName);
    } catch (cause) {
      throw ConnectionError.from(cause);
    }
  }

  /** Cancels the invitation and closes the channel, with as many attempts as needed. */
  closeChannel({ channelName }: Call): void {
    const channel = this.channels.get(channelName);
    if (!channel) return;
    channel.mustClose = true;
    void this.tryToClose(channel);
  }

  /** Forgets a channel that the server has ended, or that belongs to another client now. */
  dropChannel({ channelName }: Pick<Call, 'channelName'>): void {
    if (this.channels.delete(channelName)) this.save();
  }

  /** Closes all channels before a logout: requests sent in this turn of the event loop go out before it. */
  closeAllNow(): void {
    for (const channel of [...this.channels.values()]) {
      const { channelId, invitation } = channel;
      if (!channelId) continue;
      if (invitation) this.signalling.cancelInvite({ channelId, ...invitation }).catch(ignore);
      this.signalling.closeRoom(channelId, true).catch(ignore);
      this.dropChannel(channel);
    }
  }

  dispose(): void {
    this.stop();
    this.clock.clearTimeout(this.timer);
    this.channels.clear();
  }

  private get signalling() {
    return this.connection.services.signalling;
  }

  private async enterChannel(
    channel: Channel,
    call: Call,
    request: () => Promise<V2NIMSignallingCallResult>,
  ): Promise<Joined> {
    channel.isOpening = true;
    this.channels.set(channel.channelName, channel);
    this.save();
    try {
      const { roomInfo, rtcInfo } = await request();
      const { channelId, channelName } = textsOf(roomInfo.channelInfo, channel);
      channel.channelId = channelId;
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
      // After a refusal there is nothing to close; without an answer there may be.
      if (!isLinkLost(error.code)) this.dropChannel(channel);
      throw error;
    } finally {
      channel.isOpening = false;
      if (channel.mustClose) void this.tryToClose(channel);
    }
  }

  private closePending(): void {
    for (const channel of [...this.channels.values()])
      if (channel.mustClose) void this.tryToClose(channel);
  }

  private async tryToClose(channel: Channel): Promise<void> {
    const isOurs = this.channels.get(channel.channelName) === channel;
    if (!isOurs || channel.isOpening || channel.isClosing) return;
    if (this.connection.state.name !== 'online') return;
    channel.isClosing = true;
    channel.tries++;
    try {
      await this.closeOnServer(channel);
      this.dropChannel(channel);
    } catch (cause) {
      const { code } = ConnectionError.from(cause);
      // A request that was cut off may still arrive, so a single lookup of its channel proves nothing.
      const isSure = channel.channelId !== '' || channel.tries > 1;
      if ((NOTHING_LEFT.includes(code) && isSure) || channel.tries >= TRIES)
        this.dropChannel(channel);
      else this.tryAgain();
    } finally {
      channel.isClosing = false;
    }
  }

  private async closeOnServer(channel: Channel): Promise<void> {
    if (!channel.channelId) {
      const { channelInfo } = await this.signalling.getRoomInfoByChannelName(channel.channelName);
      channel.channelId = textsOf(channelInfo, channel).channelId;
    }
    const { channelId, invitation } = channel;
    // The channel is closed whether or not the invitation was answered; members are notified.
    if (invitation) await this.signalling.cancelInvite({ channelId, ...invitation }).catch(ignore);
    await this.signalling.closeRoom(channelId, true);
  }

  private tryAgain(): void {
    // An answer may come after `dispose`, which leaves no channel and no timer.
    if (this.timer || this.channels.size === 0) return;
    this.timer = this.clock.setTimeout(() => {
      this.timer = null;
      this.closePending();
    }, RETRY_MS);
  }

  /** Names of channels that were open when the app ended. They are random and contain no personal data. */
  private storedNames(): string[] {
    try {
      const names: unknown = JSON.parse(this.storage.get(this.key) ?? '[]');
      return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
    } catch {
      return [];
    }
  }

  private save(): void {
    const names = [...this.channels.keys()];
    if (names.length > 0) this.storage.set(this.key, JSON.stringify(names));
    else this.storage.remove(this.key);
  }
}

function newChannel(channelName: string): Channel {
  return {
    channelName,
    channelId: '',
    isOpening: false,
    mustClose: false,
    isClosing: false,
    tries: 0,
  };
}

/**
 * The names of a channel in an answer. A server may send values of other types: the SDK refuses the record of a call
 * whose id is no text, and a channel without an id is looked up by its name when it is closed.
 */
function textsOf(
  { channelId, channelName }: V2NIMSignallingChannelInfo,
  known: Channel,
): { channelId: string; channelName: string } {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    channelId: text(channelId) || known.channelId,
    channelName: text(channelName) || known.channelName,
  };
}

/** Ignores the failure of a request that is only an attempt: closing the channel, or the next message, decides. */
function ignore(): void {}
