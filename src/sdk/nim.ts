import { Code } from './codes';
import {
  NIM,
  V2NIMFriendService,
  V2NIMLocalConversationService,
  V2NIMMessageExtendUtil,
  V2NIMMessageLogUtil,
  V2NIMMessageService,
  V2NIMNotificationService,
  V2NIMPassthroughService,
  V2NIMSettingService,
  V2NIMSignallingService,
  V2NIMStorageService,
  V2NIMSubscriptionService,
  V2NIMTeamService,
  V2NIMUserService,
} from './nim-sdk';
import type { RuntimeEnv } from '@/env';
import { type Clock, Listeners } from '@/platform';
import { keepTimersClearable } from './clearable-timers';
import { catchDropped } from './dropped-promises';
import { type BridgedEvent, BRIDGES, type LoginEmitter, type OwnEvents } from './nim-events';
import { toSdkError } from './sdk-error';
import { createReadPosition } from './read-position';
import { isDomainRefusal } from './domain-refusal';
import { type AdapterRequest, guardLbs } from './lbs-guard';
import { privateStorage } from './private-storage';
import { installAdapters, type NetworkHandler } from './nim-adapters';
import type { ImServiceEvents, LoginAttempt, NimEvents, NimPort, SdkError } from './nim-port';
import type { V2NIM } from './types';
import { type CommandSocket, noteUnanswered } from './unanswered';

/** Part of the file of the SDK, which is not in the main package. */
export { SERVICE_ROWS } from './service-rows';

/** SDK options that a product may set. */
export interface NimOptions {
  customClientType?: number;
  customTag?: string;
  isFixedDeviceId?: boolean;
  debugLevel?: 'off' | 'error' | 'warn' | 'log' | 'debug';
  /** Receives the SDK's log lines, one string each. */
  logSink?: (level: string, line: string) => void;
}

export interface NimDependencies {
  env: RuntimeEnv;
  clock: Clock;
  openSocket: <T>(open: () => T) => T;
  options?: NimOptions;
}

/** Shorter than the SDK's 8 s, so that a dead LBS delays the connect over linkUrl by 3.5 s at most. */
const LBS_TIMEOUT_MS = 2500;
/** setTimeout's largest delay, 24.8 days: the SDK's own reconnect timer never fires; ImConnection has its own. */
const NEVER_MS = 2 ** 31 - 1;
const LOGGED_OUT = 0;

let registered = false;

/** The ESM build contains only login and sync; every other service has to be registered. */
function registerServices(): void {
  if (registered) return;
  registered = true;
  NIM.registerService(V2NIMMessageService, 'V2NIMMessageService');
  NIM.registerService(V2NIMMessageLogUtil, 'V2NIMMessageLogUtil');
  NIM.registerService(V2NIMMessageExtendUtil, 'V2NIMMessageExtendUtil');
  NIM.registerService(V2NIMLocalConversationService, 'V2NIMLocalConversationService');
  NIM.registerService(V2NIMUserService, 'V2NIMUserService');
  NIM.registerService(V2NIMFriendService, 'V2NIMFriendService');
  NIM.registerService(V2NIMTeamService, 'V2NIMTeamService');
  NIM.registerService(V2NIMNotificationService, 'V2NIMNotificationService');
  NIM.registerService(V2NIMSettingService, 'V2NIMSettingService');
  NIM.registerService(V2NIMStorageService, 'V2NIMStorageService');
  NIM.registerService(V2NIMSubscriptionService, 'V2NIMSubscriptionService');
  NIM.registerService(V2NIMSignallingService, 'V2NIMSignallingService');
  NIM.registerService(V2NIMPassthroughService, 'V2NIMPassthroughService');
}

/** `destroy` exists on every instance but not in the V2 typings. */
type DestroyableNim = V2NIM & { destroy(): Promise<void> };

/** Not in the typings either: access to the reconnect timer and to the socket. */
type LoginInternals = V2NIM['V2NIMLoginService'] & {
  reconnect?: { clearReconnectTimer?: () => void };
  clientSocket?: CommandSocket & { cleanSocket?: () => void };
};

/**
 * Creates the SDK instance. The SDK keeps a singleton, so the caller must have destroyed the old instance and
 * waited for its socket.
 */
export function createNim({ env, clock, openSocket, options = {} }: NimDependencies): NimPort {
  registerServices();
  const own: OwnEvents = {
    lbs: new Listeners(),
    requestRefused: new Listeners(),
    unanswered: new Listeners(),
  };
  let networkHandler: NetworkHandler = () => undefined;
  installAdapters({
    openSocket,
    wrapRequest: (request) =>
      guardLbs(
        reportRefusals(request, (url) => own.requestRefused.emit(url)),
        {
          lbsUrl: env.lbsUrl,
          legalSocketHosts: env.legalHosts.socket,
          clock,
          timeoutMs: LBS_TIMEOUT_MS,
          report: (report) => own.lbs.emit(report),
        },
      ),
    onNetworkHandler: (handler) => {
      networkHandler = handler;
    },
  });
  const { debugLevel = 'off', logSink } = options;
  const secrets: { current?: LoginAttempt } = {};
  const sink = (level: string) => (line: unknown) =>
    logSink?.(level, withoutSecrets(String(line), secrets.current));
  const nim = NIM.getInstance(
    { appkey: env.appkey, apiVersion: 'v2', debugLevel, binaryWebsocket: false },
    {
      V2NIMLoginServiceConfig: {
        lbsUrls: [env.lbsUrl],
        linkUrl: env.linkUrl,
        linkSSL: env.linkSSL,
        ...definedOnly({
          isFixedDeviceId: options.isFixedDeviceId,
          customClientType: options.customClientType,
          customTag: options.customTag,
        }),
      },
      // Without this option the ESM build never syncs them: it looks for V1 services that it does not contain.
      V2NIMSyncServiceConfig: {
        myInfo: true,
        relations: true,
        friends: true,
        friendUsers: true,
        avSignal: true,
        sessionAck: true,
      } as never,
      reporterConfig: { isDataReportEnable: env.statistics, enableCompass: env.statistics },
      abtestConfig: { isAbtestEnable: false },
      // The typings have a text where the SDK reads a list.
      ...(privateStorage(env.uploadUrl) as object),
      loggerConfig: {
        debugLevel,
        storageEnable: false,
        ...(logSink
          ? {
              logFunc: {
                debug: sink('debug'),
                log: sink('log'),
                warn: sink('warn'),
                error: sink('error'),
              },
            }
          : {}),
      },
    },
  ) as DestroyableNim;
  keepTimersClearable(nim);
  catchDropped(nim.V2NIMUserService, 'refreshUserInfo');
  noteUnanswered((nim.V2NIMLoginService as LoginInternals).clientSocket, () =>
    own.unanswered.emit(),
  );
  return new Nim(nim, own, secrets, (status) => networkHandler(status));
}

interface ServiceEmitter {
  on(event: string, handler: (...args: unknown[]) => void): void;
  off(event: string, handler: (...args: unknown[]) => void): void;
}

class Nim implements NimPort {
  readonly services: NimPort['services'];
  private destroyed = false;

  constructor(
    private readonly nim: DestroyableNim,
    private readonly own: OwnEvents,
    /** The current attempt; the log sink removes its secrets from the SDK's log lines. */
    private readonly secrets: { current?: LoginAttempt },
    private readonly network: NetworkHandler,
  ) {
    this.services = {
      login: nim.V2NIMLoginService,
      message: nim.V2NIMMessageService,
      messageCreator: nim.V2NIMMessageCreator,
      conversation: nim.V2NIMLocalConversationService,
      readPosition: createReadPosition(nim),
      conversationIdUtil: nim.V2NIMConversationIdUtil,
      user: nim.V2NIMUserService,
      friend: nim.V2NIMFriendService,
      setting: nim.V2NIMSettingService,
      notification: nim.V2NIMNotificationService,
      team: nim.V2NIMTeamService,
      storage: nim.V2NIMStorageService,
      subscription: nim.V2NIMSubscriptionService,
      signalling: nim.V2NIMSignallingService,
      passthrough: nim.V2NIMPassthroughService,
    };
    nim.V2NIMLoginService.setReconnectDelayProvider(() => NEVER_MS);
  }

  on<K extends keyof NimEvents>(event: K, handler: (...args: NimEvents[K]) => void): () => void {
    if (event in this.own) {
      const listeners = this.own[event as keyof OwnEvents] as unknown as Listeners<NimEvents[K]>;
      return listeners.add(handler);
    }
    const { from, translate } = BRIDGES[event as BridgedEvent];
    const listen = (...args: unknown[]) => {
      const translated = translate(...(args as never[]));
      if (translated) handler(...(translated as NimEvents[K]));
    };
    const login = this.services.login as unknown as LoginEmitter;
    for (const name of from) login.on(name, listen);
    return () => {
      for (const name of from) login.off(name, listen);
    };
  }

  listen(
    service: keyof ImServiceEvents,
    event: string,
    handler: (...args: unknown[]) => void,
  ): () => void {
    const emitter = this.services[service] as unknown as ServiceEmitter;
    emitter.on(event, handler);
    return () => emitter.off(event, handler);
  }

  connectStatus(): number {
    return this.services.login.getConnectStatus();
  }

  loginStatus(): number {
    return this.services.login.getLoginStatus();
  }

  async login(attempt: LoginAttempt): Promise<void> {
    // A destroyed SDK instance would log in again, on a socket without listeners (docs/yunxin-protocol.md,
    // section 6.1).
    if (this.destroyed)
      throw { code: Code.illegalState, desc: 'this SDK instance was destroyed' } satisfies SdkError;
    this.secrets.current = attempt;
    try {
      await this.services.login.login(attempt.accountId, attempt.token, {
        authType: attempt.authType,
        retryCount: 0,
        timeout: attempt.timeoutMs,
        forceMode: false,
        tokenProvider: () => this.secrets.current?.token ?? '',
        loginExtensionProvider: () => this.secrets.current?.loginExtension ?? '',
      });
    } catch (error) {
      throw toSdkError(error);
    }
  }

  renew(attempt: LoginAttempt): void {
    this.secrets.current = attempt;
  }

  async logout(): Promise<void> {
    try {
      await this.services.login.logout();
    } catch {
      // 190002: the SDK was not logged in, as wanted.
    }
  }

  reconnect(): void {
    if (!this.destroyed) this.network({ isConnected: true, networkType: 0 });
  }

  dropLink(): void {
    if (!this.destroyed) this.network({ isConnected: false, networkType: 0 });
  }

  closeSocket(): void {
    try {
      // Also removes the SDK's listeners from the socket: a late close event cannot end the next socket.
      this.internals.clientSocket?.cleanSocket?.();
    } catch {
      // The gate closes the remaining sockets.
    }
  }

  async probe(): Promise<void> {
    await this.services.user.getUserListFromCloud([this.services.login.getLoginUser()]);
  }

  async destroy(): Promise<void> {
    if (this.destroyed) return;
    this.destroyed = true;
    try {
      await this.nim.destroy();
    } catch {
      // destroy() logs out first and rejects when a login attempt was under way, or when its storage throws.
      if (this.loginStatus() !== LOGGED_OUT) await this.logout();
    }
    this.closeSocket();
    // A logout while waiting leaves the reconnect timer running, which keeps the whole instance in memory.
    this.internals.reconnect?.clearReconnectTimer?.();
    // The SDK's global adapters outlive the instance; the secrets must not.
    delete this.secrets.current;
  }

  private get internals(): LoginInternals {
    return this.nim.V2NIMLoginService as LoginInternals;
  }
}

/**
 * Removes the secrets from a log line. At level debug the SDK writes whole packets, tokens included, in plain form
 * and as JSON inside JSON, where quotes and backslashes of a login extension are escaped.
 */
function withoutSecrets(line: string, attempt: LoginAttempt | undefined): string {
  return [attempt?.token, attempt?.loginExtension]
    .filter((secret): secret is string => Boolean(secret))
    .flatMap((secret) => [jsonText(jsonText(secret)), jsonText(secret), secret])
    .reduce((text, secret) => text.split(secret).join('[redacted]'), line);
}

/** Escapes a text as between the quotes of a JSON string. */
function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Reports every request that WeChat refused for its host; the SDK only sees a failed request. */
function reportRefusals(request: AdapterRequest, refused: (url: string) => void): AdapterRequest {
  return async (url, params, other) => {
    try {
      return await request(url, params, other);
    } catch (error) {
      if (isDomainRefusal(toSdkError(error).desc ?? messageOf(error)))
        refused(url.split('?')[0] ?? url);
      throw error;
    }
  };
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : '';
}

function definedOnly<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
