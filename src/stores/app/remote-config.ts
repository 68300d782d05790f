import { makeObservable, observableRef, runInAction } from 'mobx';
import type { AppServerClient } from '../session/app-server-client';
import { PRODUCT_LIMITS } from '@/product-limits';

/** Settings that the app server sends to released builds (docs/app-server.md). */
export interface RemoteConfig {
  /** Older versions are asked to update; empty asks none. */
  minVersion: string;
  chatroomEnabled: boolean;
  meetingEnabled: boolean;
  /** A line above the conversations; empty shows none. */
  notice: string;
  /** Time within which messages can be recalled, as Yunxin's console says it for the app; milliseconds. */
  recallLimitMs: number;
  /** The app server takes reports of messages and people. */
  reportEnabled: boolean;
  /** WeChat's template of "you were mentioned"; empty: the app server has no `/mention-alerts`. */
  mentionTemplateId: string;
  /** Shows WeChat's own customer service (客服消息) to users. */
  customerServiceEnabled: boolean;
}

const DEFAULTS: RemoteConfig = {
  minVersion: '',
  chatroomEnabled: true,
  meetingEnabled: true,
  notice: '',
  recallLimitMs: PRODUCT_LIMITS.recallSeconds * 1000,
  // An app server without the route, or none, says nothing.
  reportEnabled: false,
  mentionTemplateId: '',
  customerServiceEnabled: false,
};
type SwitchedBy = {
  [Name in keyof RemoteConfig]: RemoteConfig[Name] extends boolean ? Name : never;
}[keyof RemoteConfig];

const VERSION = /^\d+(\.\d+){0,2}$/;
const NOTICE_LENGTH = 200;

/**
 * The remote configuration: defaults until the app server has answered. Nothing waits for the answer and no
 * answer can fail: a field that is missing or has another type keeps its default.
 */
export class RemoteConfigStore {
  private config: RemoteConfig = DEFAULTS;
  /** The notice that the user closed. */
  private dismissed = '';

  constructor(private readonly server: Pick<AppServerClient, 'get'>) {
    makeObservable<this, 'config' | 'dismissed'>(this, {
      config: observableRef,
      dismissed: observableRef,
    });
  }

  get minVersion(): string {
    return this.config.minVersion;
  }

  get chatroomEnabled(): boolean {
    return this.config.chatroomEnabled;
  }

  get meetingEnabled(): boolean {
    return this.config.meetingEnabled;
  }

  /** The notice; empty when there is none or the user closed it. */
  get notice(): string {
    return this.config.notice === this.dismissed ? '' : this.config.notice;
  }

  get recallLimitMs(): number {
    return this.config.recallLimitMs;
  }

  get reportEnabled(): boolean {
    return this.config.reportEnabled;
  }

  get mentionTemplateId(): string {
    return this.config.mentionTemplateId;
  }

  get customerServiceEnabled(): boolean {
    return this.config.customerServiceEnabled;
  }

  /** Asks the app server once. Never rejects: without the route on the app server the defaults stay. */
  async load(): Promise<void> {
    const answer = await this.server.get('/config', 'everybody').catch(() => undefined);
    runInAction(() => (this.config = read(answer)));
  }

  dismissNotice(): void {
    runInAction(() => (this.dismissed = this.config.notice));
  }
}

function read(answer: unknown): RemoteConfig {
  const fields =
    typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
  const { minVersion, notice, recallLimitSeconds, mentionTemplateId } = fields;
  const isOn = (name: SwitchedBy) => flag(fields[name], DEFAULTS[name]);
  return {
    minVersion:
      typeof minVersion === 'string' && VERSION.test(minVersion) ? minVersion : DEFAULTS.minVersion,
    chatroomEnabled: isOn('chatroomEnabled'),
    meetingEnabled: isOn('meetingEnabled'),
    notice: typeof notice === 'string' ? notice.trim().slice(0, NOTICE_LENGTH) : DEFAULTS.notice,
    reportEnabled: isOn('reportEnabled'),
    customerServiceEnabled: isOn('customerServiceEnabled'),
    mentionTemplateId: typeof mentionTemplateId === 'string' ? mentionTemplateId.trim() : '',
    recallLimitMs: isLimit(recallLimitSeconds) ? recallLimitSeconds * 1000 : DEFAULTS.recallLimitMs,
  };
}

function isLimit(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function flag(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback;
}
