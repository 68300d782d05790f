import { makeObservable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import { Code } from '@/sdk/codes';
import type { RemoteConfigStore } from '../app/remote-config';
import type { SettingsStore } from '../app/settings';
import type { AppServerClient } from './app-server-client';

/**
 * "Tell me when I am mentioned while I am away": a one-time subscribe message (一次性订阅消息) of WeChat for each consent of
 * the user. The app server counts the consents and sends (docs/app-server.md, "Mention alerts").
 */
export class MentionAlerts {
  /** Consents that are left; null while that is unknown. */
  left: number | null = null;
  private hasAsked = false;
  /** Replaced with the account, so that an answer about the account before is dropped. */
  private life: object = {};

  constructor(
    private readonly server: Pick<AppServerClient, 'get' | 'post'>,
    private readonly config: Pick<RemoteConfigStore, 'mentionTemplateId'>,
    private readonly settings: Pick<SettingsStore, 'isOn' | 'setSwitch'>,
  ) {
    makeObservable(this, { left: observableRef });
  }

  /** WeChat's template; empty when the product has none. */
  get templateId(): string {
    return this.config.mentionTemplateId;
  }

  /** Whether the user wants to be asked again. */
  get isWanted(): boolean {
    return this.templateId !== '' && this.settings.isOn('mentionAlerts');
  }

  /** Reads the number of consents. @throws ConnectionError */
  async load(): Promise<void> {
    await this.count(() => this.server.get('/mention-alerts'));
  }

  /** Counts a consent that the user gave to WeChat. @throws ConnectionError */
  async add(): Promise<void> {
    await this.count(() => this.server.post('/mention-alerts', {}));
    this.settings.setSwitch('mentionAlerts', true);
  }

  /** The user refused: the tap that sends asks no more. */
  refuse(): void {
    this.settings.setSwitch('mentionAlerts', false);
  }

  /**
   * Whether the tap that sends asks WeChat: wanted, none left, and not asked since the sign-in. Then it counts as
   * asked.
   */
  takeTurn(): boolean {
    if (!this.isWanted || this.left !== 0 || this.hasAsked) return false;
    this.hasAsked = true;
    return true;
  }

  /** The account was left. */
  forget(): void {
    this.life = {};
    this.hasAsked = false;
    runInAction(() => (this.left = null));
  }

  private async count(ask: () => Promise<unknown>): Promise<void> {
    const { life } = this;
    const answer = await ask();
    if (this.life !== life) return;
    const left = typeof answer === 'object' && answer && 'left' in answer ? answer.left : undefined;
    if (typeof left !== 'number' || !Number.isInteger(left) || left < 0)
      throw new ConnectionError(Code.unexpectedAnswer, 'no number of mention alerts');
    runInAction(() => (this.left = left));
  }
}
