import type { V2NIMMessage } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
import type { NIM } from 'nim-web-sdk-ng/dist/esm/nim';
import { keepTimersClearable } from '@/sdk/clearable-timers';
import type { Emulator } from '../../../emulator';
import { createMiniWx } from './mini-wx';
import { loadSdk } from './sdk-bundle';

type Nim = InstanceType<typeof NIM>;
type Listener = (...args: never[]) => void;

export interface ClientOptions {
  /** Merged over the login service's configuration. */
  login?: Record<string, unknown>;
  linkUrl?: string;
  appkey?: string;
}

export interface Recorded {
  event: string;
  args: unknown[];
}

const TIMEOUT_MS = 9000;

/** One SDK client: its services, all its events, and promises that wait for them. */
export interface TestClient {
  nim: Nim;
  accountId: string;
  events: Recorded[];
  login(options?: Record<string, unknown>, token?: string): Promise<void>;
  /** The next event of this name that satisfies `test`, past ones included unless `after` is given. */
  waitFor(event: string, test?: (...args: never[]) => boolean, after?: number): Promise<unknown[]>;
  /** Texts of all messages received, in order. */
  received(): V2NIMMessage[];
  sendText(to: string, text: string): Promise<V2NIMMessage>;
  conversationId(peer: string): string;
  /** The client's sockets break; the server is not told. */
  breakLink(): void;
  /** Signs out, as far as that is possible, and lets go of everything. */
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
  ],
  V2NIMLocalConversationService: ['onConversationReadTimeUpdated', 'onConversationChanged'],
  V2NIMNotificationService: ['onReceiveCustomNotifications'],
  V2NIMFriendService: ['onFriendAdded', 'onFriendDeleted', 'onFriendAddApplication'],
  V2NIMUserService: ['onUserProfileChanged', 'onBlockListAdded'],
  V2NIMSignallingService: [
    'onOnlineEvent',
    'onOfflineEvent',
    'onMultiClientEvent',
    'onSyncRoomInfoList',
  ],
};

const open = new Set<TestClient>();

/** Disposes of every client a test has made; call it after each test. */
export async function disposeClients(): Promise<void> {
  const clients = [...open];
  open.clear();
  await Promise.all(clients.map((client) => client.dispose()));
}

/** Makes a client of `accountId` on the emulator; it is not signed in yet. */
export function createClient(
  emulator: Emulator,
  accountId: string,
  options: ClientOptions = {},
): TestClient {
  const { wx, breakSockets, dispose: disposeWx } = createMiniWx();
  const { NIM: Sdk } = loadSdk(wx);
  const nim = Sdk.getInstance(
    { appkey: options.appkey ?? emulator.appkey, apiVersion: 'v2', debugLevel: 'off' } as never,
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
      disposeWx();
    },
  };
  open.add(client);
  return client;
}
