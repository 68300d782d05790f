import type { LbsReport } from './lbs-guard';
import type { ReadPositionService } from './read-position';
import type {
  V2NIMConversationIdUtil,
  V2NIMFriendListener,
  V2NIMLocalConversationListener,
  V2NIMLoginListener,
  V2NIMMessageListener,
  V2NIMNotificationListener,
  V2NIMPassthroughListener,
  V2NIMSettingListener,
  V2NIMSignallingListener,
  V2NIMTeamListener,
  V2NIMUserListener,
  V2NIMFriendService,
  V2NIMLocalConversationService,
  V2NIMLoginService,
  V2NIMMessageCreator,
  V2NIMMessageService,
  V2NIMNotificationService,
  V2NIMPassthroughService,
  V2NIMSettingService,
  V2NIMSignallingService,
  V2NIMStorageService,
  V2NIMSubscribeListener,
  V2NIMSubscriptionService,
  V2NIMTeamService,
  V2NIMUserService,
} from './types';

/** The SDK's services under short names, for the stores. */
export interface ImServices {
  login: V2NIMLoginService;
  message: V2NIMMessageService;
  messageCreator: V2NIMMessageCreator;
  conversation: V2NIMLocalConversationService;
  readPosition: ReadPositionService;
  conversationIdUtil: V2NIMConversationIdUtil;
  user: V2NIMUserService;
  friend: V2NIMFriendService;
  setting: V2NIMSettingService;
  notification: V2NIMNotificationService;
  team: V2NIMTeamService;
  storage: V2NIMStorageService;
  subscription: V2NIMSubscriptionService;
  signalling: V2NIMSignallingService;
  passthrough: V2NIMPassthroughService;
}

/** The events of each service: the SDK's own listener types, from event name to arguments. */
export interface ImServiceEvents {
  login: V2NIMLoginListener;
  message: V2NIMMessageListener;
  conversation: V2NIMLocalConversationListener;
  user: V2NIMUserListener;
  friend: V2NIMFriendListener;
  setting: V2NIMSettingListener;
  notification: V2NIMNotificationListener;
  team: V2NIMTeamListener;
  subscription: V2NIMSubscribeListener;
  signalling: V2NIMSignallingListener;
  passthrough: V2NIMPassthroughListener;
}

/** The parameters of one login attempt; the token of a dynamic login was fetched just before. */
export interface LoginAttempt {
  accountId: string;
  /**
   * 0 static token, 1 dynamic token, 2 third-party callback. Always explicit: docs/yunxin-protocol.md, section
   * 6.3.
   */
  authType: 0 | 1 | 2;
  token: string;
  loginExtension?: string;
  /** Milliseconds for the whole attempt; a backstop only. */
  timeoutMs: number;
}

/** An error in the shape of the SDK. */
export interface SdkError {
  code: number;
  desc?: string;
  detail?: Record<string, unknown>;
}

export interface KickedDetail {
  /** 1 exclusive login policy, 2 server, 3 another client of the account, 4 the same without a notice. */
  reason: number;
  reasonDesc: string;
  clientType: number;
  customClientType: number;
}

export interface NimEvents {
  connectStatus: [status: number];
  loginStatus: [status: number];
  /** The link broke or a connect failed. */
  linkError: [error: SdkError];
  loginFailed: [error: SdkError];
  kicked: [detail: KickedDetail];
  /** The main sync ended; with an error when a part of the sync failed. */
  synced: [error: SdkError | undefined];
  lbs: [report: LbsReport];
  /** WeChat refused a request because its host is not on the request list. */
  requestRefused: [url: string];
  /** Any command of the SDK got no answer within 8 s (192004): the link may be dead. */
  unanswered: [];
}

/**
 * The interface between one SDK instance and the connection layer. `createNim` makes the real one; tests of the
 * state machine use a fake with the SDK's measured behaviour.
 */
export interface NimPort {
  readonly services: ImServices;
  on<K extends keyof NimEvents>(event: K, handler: (...args: NimEvents[K]) => void): () => void;
  /** Listens to an event of one of the services. */
  listen(
    service: keyof ImServiceEvents,
    event: string,
    handler: (...args: unknown[]) => void,
  ): () => void;
  connectStatus(): number;
  loginStatus(): number;
  /**
   * The first login. One attempt, no retries. Rejects with SdkError; may never settle (docs/yunxin-protocol.md,
   * section 6.4).
   */
  login(attempt: LoginAttempt): Promise<void>;
  /** Sets the credentials of the attempts that the SDK makes by itself after the first success. */
  renew(attempt: LoginAttempt): void;
  /** Ends a login or a login attempt. Never rejects. Resolves when the SDK called `close`, not at `onClose`. */
  logout(): Promise<void>;
  /** Makes a waiting SDK reconnect now; does nothing in any other state. */
  reconnect(): void;
  /** Drops the link as after a loss of the network; the SDK then waits for `reconnect`. */
  dropLink(): void;
  /**
   * Closes the socket that the SDK still holds, in every state of the SDK. An SDK whose login failed half-way (its
   * storage threw, its time was up) is logged out, but leaves its socket open.
   */
  closeSocket(): void;
  /** Makes one cheap round trip. Rejects with the server's code, or when there is no answer (SDK: 8 s). */
  probe(): Promise<void>;
  /**
   * Logs out, closes the socket, drops the secrets and frees the singleton. Afterwards every call is refused
   * with 190002. Never rejects.
   */
  destroy(): Promise<void>;
}
