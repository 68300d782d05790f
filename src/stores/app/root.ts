import { makeObservable, observableRef, runInAction } from 'mobx';
import type { Core } from '@/connection/boot';
import type { Network } from '@/platform';
import { AccountStores } from '../session/account';
import { AppServerClient } from '../session/app-server-client';
import { CallMediaPlug } from '../call/call-media';
import { ConnectionStore } from './connection';
import { keepSnapshotOf } from '../conversations/conversation-snapshot';
import { RememberedAccount } from '../session/remembered-account';
import { RecentEmoji } from './recent-emoji';
import { RemoteConfigStore } from './remote-config';
import { SessionStore } from '../session/session';
import { SettingsStore } from './settings';
import { StorageNotice } from './storage-notice';
import { keepDraftsOf } from '../chat/drafts';
import { setPushOptions } from '../chat/push-options';
import { setTextCheck } from '../messages/text-check';
import { UnsentFiles } from '../chat/unsent-files';
import { keepUnsentOf } from '../chat/unsent-records';
import { UpdateStore } from './update';
import type { UserEntry } from '../people/users';
import { MentionAlerts } from '../session/mention-alerts';
import { PHRASES_PREFIX } from '../chat/phrases';
import { NOTICES_PREFIX } from '../notices/notices';
import { REQUESTS_PREFIX } from '../people/friend-requests';
import { REMINDERS_PREFIX } from '../reminders/reminders';
import { keepRecordsOf } from '../messages/account-records';
import { HEARD_PREFIX } from '../voice/heard-voices';
import { MARKS_PREFIX } from '../conversations/conversation-acts';
import { MUTES_PREFIX } from '../conversations/timed-mutes';

/** The parts of the core that the stores need; `boot()` creates them. */
export type RootDependencies = Pick<Core, 'env' | 'platform' | 'manager'>;

/** The root of all stores. */
export class RootStore {
  readonly session: SessionStore;
  /** The company's own backend. A product installs its own sign-in here (`useSession`). */
  readonly appServer: AppServerClient;
  readonly settings: SettingsStore;
  readonly connection: ConnectionStore;
  /** Settings that the app server sends to released builds. */
  readonly remoteConfig: RemoteConfigStore;
  readonly update: UpdateStore;
  readonly mentionAlerts: MentionAlerts;
  readonly storageNotice: StorageNotice;
  readonly recentEmoji: RecentEmoji;
  /** A product installs its RTC engine here. */
  readonly callMedia = new CallMediaPlug();
  /** A product sets here what its app clients show of a message; docs/how-to/product.md. */
  readonly setPushOptions = setPushOptions;
  /** A product sets here its check of texts before they are sent; docs/how-to/product.md. */
  readonly setTextCheck = setTextCheck;
  /** The stores of the current account; null when nobody is signed in. */
  account: AccountStores | null = null;
  /** The text of the page "select text", set before the page opens: a text is too long for an address. */
  textToSelect = '';
  /** Gets the friend that the page "choose a friend" chose; set before the page opens. */
  onPerson: ((user: UserEntry) => void) | null = null;
  private readonly stop: () => void;
  private readonly network: Network;

  constructor({ env, platform, manager }: RootDependencies) {
    makeObservable(this, { account: observableRef });
    this.network = platform.network;
    this.storageNotice = new StorageNotice(platform.storage);
    this.settings = new SettingsStore(platform);
    this.recentEmoji = new RecentEmoji(platform.storage);
    this.connection = new ConnectionStore(manager, platform.clock);
    this.appServer = new AppServerClient(platform, env.appServer);
    this.remoteConfig = new RemoteConfigStore(this.appServer);
    this.mentionAlerts = new MentionAlerts(this.appServer, this.remoteConfig, this.settings);
    this.update = new UpdateStore(platform.updates, this.remoteConfig);
    // Before the session, so that the stores know a connection before anything can arrive on it.
    this.stop = manager.on('connection', (connection) => {
      const left = this.account;
      runInAction(() => {
        this.account =
          connection &&
          new AccountStores(
            connection,
            platform,
            this.callMedia,
            () => this.session.staysSignedIn,
            () => this.settings.readMarks,
          );
        left?.dispose({ forget: true });
        this.mentionAlerts.forget();
      });
    });
    this.session = new SessionStore({ platform, manager, appServer: this.appServer });
    // Data of other accounts remains when the app ended without a sign-out.
    const remembered = new RememberedAccount(platform.storage).load()?.accountId;
    keepSnapshotOf(remembered, platform.storage);
    keepUnsentOf(remembered, platform.storage);
    if (remembered === undefined) new UnsentFiles(platform.files, platform.clock).removeAll();
    keepDraftsOf(remembered, platform.storage);
    const prefixes = [
      HEARD_PREFIX,
      MARKS_PREFIX,
      MUTES_PREFIX,
      PHRASES_PREFIX,
      REQUESTS_PREFIX,
      NOTICES_PREFIX,
      REMINDERS_PREFIX,
    ];
    for (const prefix of prefixes) keepRecordsOf(remembered, prefix, platform.storage);
  }

  /** Whether each byte may cost the user money. An unknown network, as in most browsers, counts as Wi-Fi. */
  isOnMobileData(): boolean {
    return /^[2-9]g$/.test(this.network.current().networkType);
  }

  /** Disposes everything at the end of the app; stored data stays. */
  dispose(): void {
    this.stop();
    this.session.dispose();
    this.connection.dispose();
    this.update.dispose();
    this.storageNotice.dispose();
    this.account?.dispose({ forget: false });
  }
}

export function createRootStore(dependencies: RootDependencies): RootStore {
  return new RootStore(dependencies);
}
