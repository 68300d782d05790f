import type { V2NIMChatroomClient as ChatroomClient } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK';
import type { V2NIMChatroomListener } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomService';
import type { RuntimeEnv } from '@/env';
import { Listeners } from '@/platform';
import type { NimOptions, SdkError } from '@/sdk';
import { Code } from '@/sdk/codes';
import { privateStorage } from '@/sdk/private-storage';
import type {
  EnterRequest,
  EnterResult,
  RoomPort,
  RoomPortEvents,
  RoomServices,
} from './connection/room-port';

/** `destroyInstance` is typed void, but returns a promise once the instance is known. */
type Destroyer = (instanceId: number) => Promise<void> | undefined;

/**
 * Missing in the typings. `checkAutoLogin` answers whether `enter` sends appLogin 0; the SDK's own version
 * always answers no, because `enter` has just removed the key that it reads. `setLinkSSL` is the only way to
 * ws:// in development: the chatroom SDK has no linkSSL option (docs/yunxin-protocol.md, section 1.2). `eventBus` brings
 * notifications from one service of the SDK to the others.
 */
type WithSocket = ChatroomClient & {
  clientSocket: { setLinkSSL(on: boolean): void; cleanSocket(): void };
  auth: { authenticator: { checkAutoLogin: (forced: boolean) => boolean } };
  eventBus: {
    emit(event: string, ...args: unknown[]): boolean;
    listeners(event: string): ((...args: unknown[]) => unknown)[];
  };
};

/**
 * Static imports would put both builds into the package, and the build for mini-programs throws in a browser
 * when it is loaded. `TARO_ENV` is a build constant, so the other branch is removed.
 */
const sdk: { default: typeof ChatroomClient } =
  process.env.TARO_ENV === 'h5'
    ? // eslint-disable-next-line @typescript-eslint/no-require-imports
      require('nim-web-sdk-ng/dist/v2/CHATROOM_BROWSER_SDK')
    : // eslint-disable-next-line @typescript-eslint/no-require-imports
      require('nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK');

const { default: Client } = sdk;

/** The event of the SDK's own bus for a notification of the room. */
const NOTIFICATION = 'V2NIMChatroomMessageService/onReceiveNotification';

/** Number of instances that the SDK keeps; tests check that none is left behind. */
export function instanceCount(): number {
  return Client.getInstanceList().length;
}

/** Options of IM that the chatroom's SDK also has. */
export type RoomOptions = Pick<NimOptions, 'customClientType' | 'debugLevel' | 'logSink'>;

/**
 * Creates an SDK instance. Each instance serves one attempt to enter one room, and the visit when the attempt
 * succeeds.
 */
export function createRoomPort(
  env: RuntimeEnv,
  { customClientType, debugLevel = 'off', logSink }: RoomOptions = {},
): RoomPort {
  const secrets: string[] = [];
  const sink = (level: string) => (line: unknown) =>
    logSink?.(level, withoutSecrets(String(line), secrets));
  const logFunc = {
    debug: sink('debug'),
    log: sink('log'),
    warn: sink('warn'),
    error: sink('error'),
  };
  const client = Client.newInstance(
    // The device id is fixed: to the server every instance of this phone is the same device. Entering again
    // therefore replaces a link that the server still believes in, and does not count as another client.
    {
      appkey: env.appkey,
      debugLevel: debugLevel as never,
      ...(customClientType === undefined ? {} : { customClientType }),
      isFixedDeviceId: true,
      binaryWebsocket: false,
    },
    {
      reporterConfig: { isDataReportEnable: env.statistics, enableCompass: env.statistics },
      abtestConfig: { isAbtestEnable: false },
      ...privateStorage(env.uploadUrl),
      loggerConfig: {
        debugLevel: debugLevel as never,
        storageEnable: false,
        ...(logSink ? { logFunc } : {}),
      },
    },
  ) as WithSocket;
  client.clientSocket.setLinkSSL(env.linkSSL);
  return new SdkRoom(client, secrets);
}

/**
 * The SDK reads notifications in async listeners and drops their promises: exceptions become unhandled rejections
 * instead of exceptions in the socket's callback. The rejections are caught; an error without a code is a notification
 * that the SDK could not read, and an error with a code is a request of the SDK that failed. A notification without
 * content, which the listeners would ignore, throws in the socket's callback.
 */
function catchUnreadable(bus: WithSocket['eventBus'], unreadable: (error: unknown) => void): void {
  const { emit } = bus;
  const onRejected = (error: unknown) => {
    if (!hasCode(error)) unreadable(error);
  };
  bus.emit = (event, ...args) => {
    if (event !== NOTIFICATION) return emit.call(bus, event, ...args);
    const [message, source] = args as [{ attachment?: unknown }, { data?: unknown } | undefined];
    if (!isRecord(message.attachment) || !isRecord(source?.data))
      throw new TypeError('a notification without content');
    const listeners = bus.listeners(event);
    for (const listener of listeners) void Promise.resolve(listener(...args)).catch(onRejected);
    return listeners.length > 0;
  };
}

function hasCode(error: unknown): boolean {
  return isRecord(error) && typeof error['code'] === 'number';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** At level debug the SDK writes whole packets, tokens included, in JSON or in JSON within JSON. */
function withoutSecrets(line: string, secrets: readonly string[]): string {
  const inner = (text: string) => JSON.stringify(text).slice(1, -1);
  return secrets
    .flatMap((secret) => [inner(inner(secret)), inner(secret), secret])
    .reduce((text, secret) => text.split(secret).join('[redacted]'), line);
}

type Emitter = {
  on(event: string, handler: (...args: never[]) => void): void;
  off(event: string, handler: (...args: never[]) => void): void;
};

interface KickedInfo {
  kickedReason?: number;
  serverExtension?: string;
}

type Source = 'client' | 'room' | 'queue';

type BridgedEvent = Exclude<keyof RoomPortEvents, 'unreadable'>;

interface Bridge<K extends BridgedEvent> {
  of: Source;
  from: readonly string[];
  /** Converts the SDK's arguments where they differ. */
  translate?: (...args: never[]) => RoomPortEvents[K];
}

const room = (name: keyof V2NIMChatroomListener) => ({ of: 'room', from: [name] }) as const;

/** Maps our events to the SDK's. `onReceiveMessages` brings one message at a time. */
const BRIDGES: { readonly [K in BridgedEvent]: Bridge<K> } = {
  status: {
    of: 'client',
    from: ['onChatroomStatus'],
    translate: (status: number, error?: unknown) =>
      error ? [status, toSdkError(error)] : [status],
  },
  exited: {
    of: 'client',
    from: ['onChatroomExited'],
    translate: (error?: unknown) => (error ? [toSdkError(error)] : []),
  },
  kicked: {
    of: 'client',
    from: ['onChatroomKicked'],
    translate: ({ kickedReason = -1, serverExtension = '' }: KickedInfo) => [
      kickedReason,
      serverExtension,
    ],
  },
  message: {
    ...room('onReceiveMessages'),
    translate: (messages: RoomPortEvents['message']) => [messages[0]],
  },
  sending: room('onSendMessage'),
  revoked: { ...room('onMessageRevokedNotification'), translate: (id: string) => [id] },
  memberEntered: room('onChatroomMemberEnter'),
  memberLeft: room('onChatroomMemberExit'),
  memberChanged: room('onChatroomMemberInfoUpdated'),
  roleChanged: room('onChatroomMemberRoleUpdated'),
  selfMuted: room('onSelfChatBannedUpdated'),
  selfTempMuted: room('onSelfTempChatBannedUpdated'),
  roomChanged: room('onChatroomInfoUpdated'),
  roomMuted: room('onChatroomChatBannedUpdated'),
  tagsChanged: room('onChatroomTagsUpdated'),
  queueOffered: {
    of: 'queue',
    from: ['onChatroomQueueOffered', 'onChatroomQueueBatchUpdated', 'onChatroomQueueBatchOffered'],
    translate: (elements: never) => [listOf(elements)],
  },
  queueTaken: {
    of: 'queue',
    from: ['onChatroomQueuePolled', 'onChatroomQueuePartCleared'],
    translate: (elements: never) => [listOf(elements)],
  },
  queueCleared: { of: 'queue', from: ['onChatroomQueueDropped'], translate: () => [] },
};

class SdkRoom implements RoomPort {
  readonly services: RoomServices;
  private readonly unreadable = new Listeners<[unknown]>();
  private destroyed = false;
  /** Resolves when the SDK has begun to connect or has given up: before that it ignores being destroyed. */
  private begun: Promise<void> = Promise.resolve();

  /** `secrets` are removed from the log. */
  constructor(
    private readonly client: WithSocket,
    private readonly secrets: string[],
  ) {
    this.services = {
      room: client.V2NIMChatroomService,
      queue: client.V2NIMChatroomQueueService,
      creator: client.V2NIMChatroomMessageCreator,
      storage: client.V2NIMStorageService,
    };
    catchUnreadable(client.eventBus, (error) => this.unreadable.emit(error));
  }

  on<K extends keyof RoomPortEvents>(
    event: K,
    handler: (...args: RoomPortEvents[K]) => void,
  ): () => void {
    if (event === 'unreadable') return this.unreadable.add(handler as (error: unknown) => void);
    const { of, from, translate } = BRIDGES[event as BridgedEvent];
    const emitter = (of === 'client' ? this.client : this.services[of]) as unknown as Emitter;
    const listen = (...args: never[]) =>
      handler(...((translate ? translate(...args) : args) as unknown as RoomPortEvents[K]));
    for (const name of from) emitter.on(name, listen);
    return () => {
      for (const name of from) emitter.off(name, listen);
    };
  }

  async enter({ roomId, address, proof, params, isReconnect, timeoutSeconds }: EnterRequest) {
    this.client.auth.authenticator.checkAutoLogin = () => isReconnect;
    if (this.destroyed) throw { code: Code.illegalState, desc: 'this instance was destroyed' };
    const { accountId, anonymous, authType, token, loginExtension } = proof;
    this.secrets.push(...[token, loginExtension].filter((one): one is string => Boolean(one)));
    let begin: () => void = () => undefined;
    this.begun = new Promise((resolve) => (begin = resolve));
    const stop = this.on('status', begin);
    try {
      const { chatroom, selfMember } = await this.client.enter(roomId, {
        ...definedOnly({
          roomNick: params.roomNick,
          roomAvatar: params.roomAvatar,
          // The SDK refuses an empty text.
          serverExtension: params.serverExtension || undefined,
          notificationExtension: params.notificationExtension || undefined,
          tagConfig: params.tagConfig as never,
          locationConfig: params.locationConfig as never,
          antispamConfig: params.antispamConfig,
          token: token || undefined,
        }),
        accountId,
        anonymousMode: anonymous,
        timeout: timeoutSeconds,
        linkProvider: () => Promise.resolve([address]),
        loginOption: {
          authType: authType as never,
          tokenProvider: () => Promise.resolve(token),
          // The SDK calls the provider in every mode in which it is given.
          ...(loginExtension === undefined
            ? {}
            : { loginExtensionProvider: () => Promise.resolve(loginExtension) }),
        },
      });
      if (!isRecord(chatroom) || !isRecord(selfMember))
        throw { code: Code.unexpectedAnswer, desc: 'the answer has no room or no member' };
      return { chatroom, selfMember } satisfies EnterResult;
    } catch (error) {
      throw toSdkError(error);
    } finally {
      stop();
      begin();
    }
  }

  async destroy(): Promise<void> {
    if (this.destroyed) return;
    this.destroyed = true;
    // When the instance is destroyed between `enter` and its first status, the SDK goes on and connects with
    // no listener.
    await this.begun;
    try {
      await (Client.destroyInstance as Destroyer)(this.client.getInstanceId());
    } catch {
      // The instance was not in a room, which is the wanted state.
    }
    // When the instance is destroyed after the login but before `enter` resolved, the SDK takes itself for
    // disconnected and leaves its socket open forever.
    this.client.clientSocket.cleanSocket();
  }
}

function listOf<T>(elements: T | T[]): T[] {
  return Array.isArray(elements) ? elements : [elements];
}

function toSdkError(error: unknown): SdkError {
  if (typeof error === 'object' && error !== null && 'code' in error) {
    const { code, desc, detail } = error as SdkError;
    const reason = detail?.['reason'];
    const text = typeof reason === 'string' ? reason : desc;
    if (typeof code === 'number') return { code, ...(text ? { desc: text } : {}) };
  }
  return { code: 0, desc: error instanceof Error ? error.message : String(error) };
}

function definedOnly<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
