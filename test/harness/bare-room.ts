import type {
  V2NIMChatroomClient,
  V2NIMChatroomEnterResult,
  V2NIMChatroomKickedInfo,
} from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK';
import type {
  V2NIMChatroomMessage,
  V2NIMChatroomNotificationAttachment,
  V2NIMSendChatroomMessageParams,
} from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomMessageService';
import type {
  V2NIMChatroomEnterParams,
  V2NIMChatroomService,
} from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomService';
import { createWx, type WxHandle, type WxOptions } from '../wx';
import { addWitness, poke } from './activity';
import { bundle, evaluate } from './bundle';
import type { EmulatorAddress } from './environment';

/** Parts that the typings lack or declare wrongly. */
type Client = V2NIMChatroomClient & {
  /**
   * The chatroom SDK has no linkSSL option; this is the only place to set it (docs/yunxin-protocol.md, section
   * 1.2).
   */
  clientSocket: { setLinkSSL(on: boolean): void };
};

interface ChatroomModule {
  V2NIMChatroomClient: {
    newInstance(options: object, other: object): Client;
    destroyInstance(instanceId: number): Promise<void> | undefined;
  };
}

type LoginOption = NonNullable<V2NIMChatroomEnterParams['loginOption']>;

/** The account that enters, and any of the SDK's enter parameters. */
export interface BareRoomEnter extends Omit<Partial<V2NIMChatroomEnterParams>, 'anonymousMode'> {
  roomId: string;
  tokenProvider?: LoginOption['tokenProvider'];
  /** Third-party callback. */
  loginExtension?: string;
  anonymous?: boolean;
}

export interface BareRoomOptions {
  wx?: WxOptions;
  /** Keeps the device's id for all instances that share this storage. */
  deviceStorage?: Map<string, unknown>;
  /** `host:port` of the room's links; default: the emulator's own. */
  links?: string[];
  /** Overrides the SDK's second argument of `newInstance`. */
  sdk?: object;
}

/** An event of the SDK with its original arguments. */
export interface BareRoomEvent {
  event: string;
  args: unknown[];
}

/** A notification with its attachment as the SDK's model has it. */
export type RoomNotification = V2NIMChatroomMessage & {
  attachment: V2NIMChatroomNotificationAttachment & Record<string, unknown>;
};

const NOTIFICATION = 5;

const SERVICE_EVENTS = [
  'onSendMessage',
  'onReceiveMessages',
  'onMessageRevokedNotification',
  'onChatroomMemberEnter',
  'onChatroomMemberExit',
  'onChatroomMemberRoleUpdated',
  'onChatroomMemberInfoUpdated',
  'onSelfChatBannedUpdated',
  'onSelfTempChatBannedUpdated',
  'onChatroomInfoUpdated',
  'onChatroomChatBannedUpdated',
  'onChatroomTagsUpdated',
];

const QUEUE_EVENTS = [
  'onChatroomQueueOffered',
  'onChatroomQueuePolled',
  'onChatroomQueueDropped',
  'onChatroomQueuePartCleared',
  'onChatroomQueueBatchUpdated',
  'onChatroomQueueBatchOffered',
];

const CLIENT_EVENTS = [
  'onChatroomStatus',
  'onChatroomEntered',
  'onChatroomExited',
  'onChatroomKicked',
];

interface Emitter {
  on(event: string, listener: (...args: unknown[]) => void): void;
}

/** The unmodified chatroom SDK alone, in a room of the emulator. */
export class BareRoom {
  readonly wx: WxHandle;
  /** The SDK's own object, for functions that have no method here. */
  readonly client: Client;
  /** Every event, oldest first. */
  readonly events: BareRoomEvent[] = [];
  /** Messages of others in order of arrival, without notifications. */
  readonly received: V2NIMChatroomMessage[] = [];
  readonly notifications: RoomNotification[] = [];
  /** Set when the server removed this client from the room. */
  kicked: V2NIMChatroomKickedInfo | undefined;
  /** Code of the error in `onChatroomExited`; 0 without an error; undefined while inside. */
  exited: number | undefined;
  accountId = '';
  private readonly module: ChatroomModule;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly emulator: EmulatorAddress,
    private readonly options: BareRoomOptions = {},
  ) {
    const { wx, deviceStorage, sdk } = options;
    this.wx = createWx({ ...wx, ...(deviceStorage && { storage: deviceStorage }) });
    this.module = evaluate<ChatroomModule>(bundle('chatroom-entry.ts'), this.wx.wx, {});
    const origin = new URL(emulator.lbsUrl).origin;
    this.client = this.module.V2NIMChatroomClient.newInstance(
      {
        appkey: emulator.appkey,
        debugLevel: 'off',
        binaryWebsocket: false,
        isFixedDeviceId: deviceStorage !== undefined,
      },
      {
        reporterConfig: { isDataReportEnable: false, enableCompass: false },
        abtestConfig: { isAbtestEnable: false },
        cloudStorageConfig: { commonUploadHost: `${origin}/nos`, chunkUploadHost: `${origin}/nos` },
        ...sdk,
      },
    );
    this.client.clientSocket.setLinkSSL(emulator.linkSSL);
    this.listen(this.client as unknown as Emitter, CLIENT_EVENTS);
    this.listen(this.service as unknown as Emitter, SERVICE_EVENTS);
    this.listen(this.client.V2NIMChatroomQueueService as unknown as Emitter, QUEUE_EVENTS);
    this.stops.push(
      this.wx.onActivity(poke),
      addWitness(
        () =>
          `room of ${this.accountId}: ${this.events.map(({ event }) => event).join(' ')} | ${this.received
            .map(({ text }) => text)
            .join(' | ')}`,
      ),
    );
  }

  /** The service that has most of the API. */
  get service(): V2NIMChatroomService {
    return this.client.V2NIMChatroomService;
  }

  private listen(emitter: Emitter, names: readonly string[]): void {
    for (const event of names) {
      emitter.on(event, (...args) => {
        this.events.push({ event, args });
        if (event === 'onReceiveMessages') this.receive(args[0] as V2NIMChatroomMessage[]);
        if (event === 'onChatroomKicked') this.kicked = args[0] as V2NIMChatroomKickedInfo;
        if (event === 'onChatroomExited') {
          this.exited = (args[0] as { code: number } | undefined)?.code ?? 0;
        }
        poke();
      });
    }
  }

  private receive(messages: readonly V2NIMChatroomMessage[]): void {
    for (const message of messages) {
      if (message.messageType === NOTIFICATION) {
        this.notifications.push(message as RoomNotification);
      } else {
        this.received.push(message);
      }
    }
  }

  /** Enters, and resolves with the room and the own member as the SDK returns them. */
  async enter(how: BareRoomEnter): Promise<V2NIMChatroomEnterResult> {
    const { roomId, tokenProvider, loginExtension, anonymous, ...params } = how;
    this.kicked = undefined;
    this.exited = undefined;
    const loginOption: LoginOption | undefined = tokenProvider
      ? { authType: 1, tokenProvider }
      : loginExtension !== undefined
        ? { authType: 2, loginExtensionProvider: () => Promise.resolve(loginExtension) }
        : undefined;
    const result = await this.client.enter(roomId, {
      timeout: 20,
      linkProvider: () => Promise.resolve(this.options.links ?? [this.emulator.linkUrl]),
      ...(anonymous && { anonymousMode: true }),
      ...(loginOption && { loginOption }),
      ...params,
    });
    this.accountId = result.selfMember.accountId;
    return result;
  }

  /** Sends a text and resolves with the message that the server acknowledged. */
  async send(text: string, params?: V2NIMSendChatroomMessageParams): Promise<V2NIMChatroomMessage> {
    const message = this.client.V2NIMChatroomMessageCreator.createTextMessage(text);
    return (await this.service.sendMessage(message, params)).message;
  }

  /** Arguments of every event of this name, oldest first. */
  seen(event: string): unknown[][] {
    return this.events.filter((one) => one.event === event).map(({ args }) => args);
  }

  /** Leaves the room. The SDK does not report completion of the call but emits `onChatroomExited`. */
  exit(): void {
    this.client.exit();
  }

  async dispose(): Promise<void> {
    await this.module.V2NIMChatroomClient.destroyInstance(this.client.getInstanceId());
    for (const stop of this.stops) stop();
    this.wx.dispose();
  }
}
