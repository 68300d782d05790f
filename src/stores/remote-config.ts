import { makeObservable, observableRef, runInAction } from 'mobx';
import type { AppServerClient } from './app-server-client';

/** What the app server may say to builds that are out already (docs/app-server.md). */
export interface RemoteConfig {
  /** Versions below are asked to update; empty: none are. */
  minVersion: string;
  chatroomEnabled: boolean;
  meetingEnabled: boolean;
  /** A line above the conversations; empty: none. */
  notice: string;
}

const DEFAULTS: RemoteConfig = {
  minVersion: '',
  chatroomEnabled: true,
  meetingEnabled: true,
  notice: '',
};
const VERSION = /^\d+(\.\d+){0,2}$/;
const NOTICE_LENGTH = 200;

/**
 * The remote configuration: defaults, until the app server has said something else. Nothing waits for it and
 * nothing it says can fail: a field that is missing or not of its type keeps its default.
 */
export class RemoteConfigStore {
  private config: RemoteConfig = DEFAULTS;
  /** The notice that the user has closed. */
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

  /** Empty when there is none, or the user has closed it. */
  get notice(): string {
    return this.config.notice === this.dismissed ? '' : this.config.notice;
  }

  /** Asks once. Never rejects: an app server without the route is as good as one that says nothing. */
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
  const { minVersion, chatroomEnabled, meetingEnabled, notice } = fields;
  return {
    minVersion:
      typeof minVersion === 'string' && VERSION.test(minVersion) ? minVersion : DEFAULTS.minVersion,
    chatroomEnabled: flag(chatroomEnabled, DEFAULTS.chatroomEnabled),
    meetingEnabled: flag(meetingEnabled, DEFAULTS.meetingEnabled),
    notice: typeof notice === 'string' ? notice.trim().slice(0, NOTICE_LENGTH) : DEFAULTS.notice,
  };
}

function flag(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback;
}
