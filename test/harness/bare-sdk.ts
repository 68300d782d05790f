import { keepTimersClearable } from '@/sdk/clearable-timers';
import type { V2NIM, V2NIMMessage, V2NIMSignallingEvent } from '@/sdk/types';
import { createWx, type WxHandle, type WxOptions } from '../wx';
import { addWitness, poke } from './activity';
import { bundle, evaluate } from './bundle';
import { type EmulatorAddress, environmentOf } from './environment';

type Service = new (...args: never[]) => unknown;

interface BareModule {
  NIM: {
    registerService(service: Service, name: string): void;
    getInstance(options: object, serviceOptions: object): V2NIM & { destroy(): Promise<void> };
  };
  setAdapters(adapters: unknown): void;
  wxAdapters: unknown;
  [service: string]: unknown;
}

/** The app's own value, so that a login costs the same. */
const SERVICES = [
  'V2NIMMessageService',
  'V2NIMMessageLogUtil',
  'V2NIMMessageExtendUtil',
  'V2NIMNotificationService',
  'V2NIMSettingService',
  'V2NIMStorageService',
  'V2NIMTeamService',
  'V2NIMLocalConversationService',
  'V2NIMUserService',
  'V2NIMFriendService',
  'V2NIMSignallingService',
];

/** The unmodified SDK alone, as a second party that runs no code of the app. */
export class BareSdk {
  readonly nim: V2NIM & { destroy(): Promise<void> };
  /** Messages from `onReceiveMessages`, in order. */
  readonly received: V2NIMMessage[] = [];
  readonly recalled: string[] = [];
  /** Events from `onOnlineEvent` of signalling, in order. */
  readonly signals: V2NIMSignallingEvent[] = [];
  /** The other side has read messages up to this time. */
  readUntil = 0;
  readonly wx: WxHandle;
  private accountId = '';
  private readonly stops: (() => void)[] = [];

  constructor(emulator: EmulatorAddress, wxOptions: WxOptions = {}) {
    this.wx = createWx(wxOptions);
    const env = environmentOf(emulator);
    const module = evaluate<BareModule>(bundle('bare-entry.ts'), this.wx.wx, env);
    module.setAdapters(module.wxAdapters);
    for (const name of SERVICES) module.NIM.registerService(module[name] as Service, name);
    this.nim = module.NIM.getInstance(
      { appkey: emulator.appkey, apiVersion: 'v2', debugLevel: 'off', binaryWebsocket: false },
      {
        V2NIMLoginServiceConfig: {
          lbsUrls: [emulator.lbsUrl],
          linkUrl: emulator.linkUrl,
          linkSSL: emulator.linkSSL,
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
      },
    );
    keepTimersClearable(this.nim);
    this.nim.V2NIMSignallingService.on('onOnlineEvent', (event) => this.signals.push(event));
    const { V2NIMMessageService: messages } = this.nim;
    messages.on('onReceiveMessages', (all) => void this.received.push(...all));
    messages.on('onMessageRevokeNotifications', (all) => {
      for (const { messageRefer } of all) this.recalled.push(messageRefer.messageClientId);
    });
    messages.on('onReceiveP2PMessageReadReceipts', (all) => {
      for (const { timestamp } of all) this.readUntil = Math.max(this.readUntil, timestamp ?? 0);
    });
    this.stops.push(
      this.wx.onActivity(poke),
      addWitness(
        () => `bare SDK ${this.accountId}: ${this.received.map((one) => one.text).join(' | ')}`,
      ),
    );
  }

  async login(accountId: string, token: string): Promise<void> {
    this.accountId = accountId;
    await this.nim.V2NIMLoginService.login(accountId, token, { authType: 0, forceMode: false });
  }

  /** Sends a text and resolves with the message the server acknowledged. */
  async send(accountId: string, text: string): Promise<V2NIMMessage> {
    const message = this.nim.V2NIMMessageCreator.createTextMessage(text);
    const { message: sent } = await this.nim.V2NIMMessageService.sendMessage(
      message,
      `${this.accountId}|1|${accountId}`,
    );
    return sent;
  }

  async dispose(): Promise<void> {
    // Rejects when the SDK never logged in; then there is no login to end.
    await this.nim.destroy().catch(() => undefined);
    for (const stop of this.stops) stop();
    this.wx.dispose();
  }
}
