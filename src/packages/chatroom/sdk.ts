import type { V2NIMChatroomClient as ChatroomClient } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK';
import type { V2NIMChatroomListener } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomService';
import type { RuntimeEnv } from '@/env';
import type { NimOptions, SdkError } from '@/sdk';
import type {
  EnterRequest,
  EnterResult,
  RoomPort,
  RoomPortEvents,
  RoomServices,
} from './connection/room-port';

export type { V2NIMChatroomInfo as RoomInfo } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK';
export type { V2NIMChatroomMember as RoomMember } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomMemberService';
export type {
  V2NIMChatroomMessage as RoomMessage,
  V2NIMChatroomMessageCreator as RoomMessageCreator,
} from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomMessageService';
export type {
  V2NIMChatroomQueueElement as RoomQueueElement,
  V2NIMChatroomQueueService as RoomQueueService,
} from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomQueueService';
export type { V2NIMStorageService as RoomStorage } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMStorageService';
export type { V2NIMChatroomService as RoomService } from 'nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK/V2NIMChatroomService';

/** `destroyInstance` is typed void, but returns a promise once the instance is known. */
type Destroyer = (instanceId: number) => Promise<void> | undefined;

/**
 * Not in the typings. `checkAutoLogin` is what the SDK asks whether `enter` says appLogin 0; by itself it
 * always answers no, because `enter` has just removed the key that it looks for. `setLinkSSL` is the only seam for ws:// in development: the chatroom SDK has no linkSSL
 * option (wire protocol 1.2).
 */
type WithSocket = ChatroomClient & {
  clientSocket: { setLinkSSL(on: boolean): void; cleanSocket(): void };
  auth: { authenticator: { checkAutoLogin: (forced: boolean) => boolean } };
};

/**
 * Static imports would put both builds into the package, and the one for mini-programs throws in a browser
 * when it is loaded. `TARO_ENV` is a build constant: the other branch is cut away.
 */
const sdk: { default: typeof ChatroomClient } =
  process.env.TARO_ENV === 'h5'
    ? // eslint-disable-next-line @typescript-eslint/no-require-imports
      require('nim-web-sdk-ng/dist/v2/CHATROOM_BROWSER_SDK')
    : // eslint-disable-next-line @typescript-eslint/no-require-imports
      require('nim-web-sdk-ng/dist/v2/CHATROOM_MINIAPP_SDK');

const { default: Client } = sdk;

/** How many instances the SDK keeps; for tests that nothing is left behind. */
export function instanceCount(): number {
  return Client.getInstanceList().length;
}

/** Options of IM that the chatroom's SDK has too. */
export type RoomOptions = Pick<NimOptions, 'customClientType' | 'debugLevel' | 'logSink'>;

/** A new SDK instance. Each serves one attempt to enter one room, and what follows when that succeeds. */
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
    // A fixed device id: every instance of this phone is the same device to the server, so that entering
    // again replaces a link the server still believes in, and does not count as another client.
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
      ...(env.uploadUrl ? { cloudStorageConfig: storageAt(env.uploadUrl) } : {}),
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

/** The SDK writes whole packets at level debug, tokens included, in JSON or in JSON within JSON. */
function withoutSecrets(line: string, secrets: readonly string[]): string {
  const inner = (text: string) => JSON.stringify(text).slice(1, -1);
  return secrets
    .flatMap((secret) => [inner(inner(secret)), inner(secret), secret])
    .reduce((text, secret) => text.split(secret).join('[redacted]'), line);
}

/** An upload host of one's own; what was uploaded is fetched as it was sent, where the SDK says https always. */
function storageAt(uploadUrl: string) {
  const scheme = uploadUrl.startsWith('http:') ? 'http' : 'https';
  return {
    commonUploadHost: uploadUrl,
    chunkUploadHost: uploadUrl,
    uploadReplaceFormat: `${scheme}://{host}/{object}`,
  };
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

interface Bridge<K extends keyof RoomPortEvents> {
  of: Source;
  from: readonly string[];
  /** The SDK's arguments as ours, where they differ. */
  translate?: (...args: never[]) => RoomPortEvents[K];
}

const room = (name: keyof V2NIMChatroomListener) => ({ of: 'room', from: [name] }) as const;

/** Our events out of the SDK's. `onReceiveMessages` brings one message at a time. */
const BRIDGES: { readonly [K in keyof RoomPortEvents]: Bridge<K> } = {
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
  private destroyed = false;
  /** The SDK has begun to connect, or has given up: only now does it listen to being destroyed. */
  private begun: Promise<void> = Promise.resolve();

  /** `secrets`: kept out of the log. */
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
  }

  on<K extends keyof RoomPortEvents>(
    event: K,
    handler: (...args: RoomPortEvents[K]) => void,
  ): () => void {
    const { of, from, translate } = BRIDGES[event];
    const emitter = (of === 'client' ? this.client : this.services[of]) as unknown as Emitter;
    const listen = (...args: never[]) =>
      handler(...(translate ? translate(...args) : (args as unknown as RoomPortEvents[K])));
    for (const name of from) emitter.on(name, listen);
    return () => {
      for (const name of from) emitter.off(name, listen);
    };
  }

  async enter({ roomId, address, proof, params, isReconnect, timeoutSeconds }: EnterRequest) {
    this.client.auth.authenticator.checkAutoLogin = () => isReconnect;
    if (this.destroyed) throw { code: ILLEGAL_STATE, desc: 'this instance was destroyed' };
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
          // The SDK refuses an empty one.
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
          // Asked for in every mode in which it is given.
          ...(loginExtension === undefined
            ? {}
            : { loginExtensionProvider: () => Promise.resolve(loginExtension) }),
        },
      });
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
    // Destroyed between `enter` and its first status, the SDK would go on and connect, heard by nobody.
    await this.begun;
    try {
      await (Client.destroyInstance as Destroyer)(this.client.getInstanceId());
    } catch {
      // It was not inside; that is what was wished.
    }
    // Destroyed after the login but before `enter` resolved, the SDK takes itself for disconnected already
    // and leaves its socket open for ever.
    this.client.clientSocket.cleanSocket();
  }
}

const ILLEGAL_STATE = 190002;

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
