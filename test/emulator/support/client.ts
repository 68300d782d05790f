import type { V2NIMMessage } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
import type { NIM } from 'nim-web-sdk-ng/dist/esm/nim';
import { keepTimersClearable } from '@/sdk/clearable-timers';
import type { Emulator } from '../../../emulator';
import { createMiniWx } from './mini-wx';
import { createMiniBrowser } from './mini-browser';
import { loadBrowserSdk, loadSdk } from './sdk-bundle';

type Nim = InstanceType<typeof NIM>;
type Listener = (...args: never[]) => void;

export interface ClientOptions {
  /** Overrides of the login service's configuration. */
  login?: Record<string, unknown>;
  linkUrl?: string;
  appkey?: string;
  /** Runs the SDK with its adapters for browsers. */
  browser?: boolean;
  /** Configuration of the storage service. */
  storage?: Record<string, unknown>;
}

export interface Recorded {
  event: string;
  args: unknown[];
}

const TIMEOUT_MS = 9000;

/** An SDK client with its services, its recorded events, and promises for events. */
export interface TestClient {
  nim: Nim;
  accountId: string;
  events: Recorded[];
  login(options?: Record<string, unknown>, token?: string): Promise<void>;
  /**
   * Resolves with the first event of this name that satisfies `test`, including past events unless `after` is
   * given.
   */
  waitFor(event: string, test?: (...args: never[]) => boolean, after?: number): Promise<unknown[]>;
  /** Texts of all received messages, in order. */
  received(): V2NIMMessage[];
  sendText(to: string, text: string): Promise<V2NIMMessage>;
  conversationId(peer: string): string;
  /** Breaks the client's sockets without a close frame. */
  breakLink(): void;
  /** Signs out if possible and releases all resources. */
  dispose(): Promise<void>;
}

const LISTENED: Record<string, string[]> = {
  V2NIMLoginService: [
    'onLoginStatus',
    'onLoginFailed',
    'onKickedOffline',
    'onLoginClientChanged',
    'onConnectStatus',
    'onDisconnected',
    'onConnectFailed',
    'onDataSync',
  ],
  V2NIMMessageService: [
    'onReceiveMessages',
    'onReceiveP2PMessageReadReceipts',
    'onMessageRevokeNotifications',
    'onMessageDeletedNotifications',
    'onClearHistoryNotifications',
    'onSendMessage',
    'onReceiveMessagesModified',
    'onMessageQuickCommentNotification',
    'onMessagePinNotification',
    'onReceiveTeamMessageReadReceipts',
  ],
  V2NIMLocalConversationService: ['onConversationReadTimeUpdated', 'onConversationChanged'],
  V2NIMNotificationService: ['onReceiveCustomNotifications'],
  V2NIMFriendService: ['onFriendAdded', 'onFriendDeleted', 'onFriendAddApplication'],
  V2NIMUserService: ['onUserProfileChanged', 'onBlockListAdded'],
  V2NIMTeamService: [
    'onTeamCreated',
    'onTeamJoined',
    'onReceiveTeamJoinActionInfo',
    'onTeamLeft',
    'onTeamDismissed',
    'onTeamInfoUpdated',
    'onTeamMemberJoined',
    'onTeamMemberKicked',
    'onTeamMemberLeft',
    'onTeamMemberInfoUpdated',
  ],
  V2NIMSignallingService: [
    'onOnlineEvent',
    'onOfflineEvent',
    'onMultiClientEvent',
    'onSyncRoomInfoList',
  ],
};

const open = new Set<TestClient>();

/** Disposes of all clients of a test; to be called after each test. */
export async function disposeClients(): Promise<void> {
  const clients = [...open];
  open.clear();
  await Promise.all(clients.map((client) => client.dispose()));
}

function openPlatform({ browser }: ClientOptions) {
  if (browser) {
    const platform = createMiniBrowser();
    const { breakSockets } = platform;
    return { platform, breakSockets, Sdk: loadBrowserSdk(platform.globals).NIM };
  }
  const platform = createMiniWx();
  return { platform, breakSockets: platform.breakSockets, Sdk: loadSdk(platform.wx).NIM };
}

/** Creates a client of `accountId` on the emulator, not signed in yet. */
export function createClient(
  emulator: Emulator,
  accountId: string,
  options: ClientOptions = {},
): TestClient {
  const { platform, breakSockets, Sdk } = openPlatform(options);
  const nim = Sdk.getInstance(
    {
      appkey: options.appkey ?? emulator.appkey,
      apiVersion: 'v2',
      debugLevel: 'off',
      binaryWebsocket: false,
    } as never,
    {
      V2NIMLoginServiceConfig: {
        lbsUrls: [emulator.lbsUrl],
        linkUrl: options.linkUrl ?? emulator.linkUrl,
        linkSSL: emulator.linkSSL,
        isFixedDeviceId: true,
        ...options.login,
      },
      V2NIMSyncServiceConfig: {
        myInfo: true,
        relations: true,
        friends: true,
        friendUsers: true,
        avSignal: true,
      },
      reporterConfig: { isDataReportEnable: false, enableCompass: false },
      abtestConfig: { isAbtestEnable: false },
      ...(options.storage ? { cloudStorageConfig: options.storage } : {}),
    } as never,
  );
  keepTimersClearable(nim as never);
  const events: Recorded[] = [];
  const waiters = new Set<() => void>();
  for (const [service, names] of Object.entries(LISTENED)) {
    const emitter = (nim as unknown as Record<string, { on(name: string, f: Listener): void }>)[
      service
    ];
    for (const name of names) {
      emitter?.on(name, (...args: unknown[]) => {
        events.push({ event: name, args });
        for (const waiter of [...waiters]) waiter();
      });
    }
  }

  const client: TestClient = {
    nim,
    accountId,
    events,
    conversationId: (peer) => nim.V2NIMConversationIdUtil.p2pConversationId(peer) ?? '',
    async login(loginOptions = {}, token) {
      const known = emulator.accounts.find((account) => account.accountId === accountId)?.token;
      const after = events.length;
      await nim.V2NIMLoginService.login(accountId, token ?? known ?? '', {
        authType: 0,
        retryCount: 0,
        ...loginOptions,
      } as never);
      await client.waitFor('onDataSync', (_type: number, state: number) => state === 3, after);
    },
    waitFor(event, test = () => true, after = 0) {
      return new Promise((resolve, reject) => {
        let next = after;
        const timer = setTimeout(() => {
          waiters.delete(look);
          reject(new Error(`${accountId}: no ${event} within ${TIMEOUT_MS} ms`));
        }, TIMEOUT_MS);
        const look = (): void => {
          for (; next < events.length; next += 1) {
            const seen = events[next];
            if (seen?.event !== event || !test(...(seen.args as never[]))) continue;
            clearTimeout(timer);
            waiters.delete(look);
            resolve(seen.args);
            return;
          }
        };
        waiters.add(look);
        look();
      });
    },
    received: () =>
      events
        .filter(({ event }) => event === 'onReceiveMessages')
        .flatMap(({ args }) => args[0] as V2NIMMessage[]),
    async sendText(to, text) {
      const message = nim.V2NIMMessageCreator.createTextMessage(text);
      const result = await nim.V2NIMMessageService.sendMessage(message, client.conversationId(to));
      return result.message;
    },
    breakLink: breakSockets,
    async dispose() {
      open.delete(client);
      await (nim as unknown as { destroy(): Promise<void> }).destroy().catch(() => undefined);
      platform.dispose();
    },
  };
  open.add(client);
  return client;
}
