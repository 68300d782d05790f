import { makeObservable, observableRef, runInAction } from 'mobx';
import type { Core } from '@/connection/boot';
import { AccountStores } from './account';
import { AppServerClient } from './app-server-client';
import { CallMediaPlug } from './call/call-media';
import { ConnectionStore } from './connection';
import { keepSnapshotOf } from './conversation-snapshot';
import { RememberedAccount } from './remembered-account';
import { RemoteConfigStore } from './remote-config';
import { SessionStore } from './session';
import { SettingsStore } from './settings';
import { StorageNotice } from './storage-notice';
import { keepUnsentOf } from './unsent-texts';
import { UpdateStore } from './update';

/** What the stores need of the core; `boot()` gives it. */
export type RootDependencies = Pick<Core, 'env' | 'platform' | 'manager'>;

/** All that a user sees and can do. */
export class RootStore {
  readonly session: SessionStore;
  /** The company's own backend. A product plugs its own sign-in in here (`useSession`). */
  readonly appServer: AppServerClient;
  readonly settings: SettingsStore;
  readonly connection: ConnectionStore;
  /** What the app server says to builds that are out already. */
  readonly remoteConfig: RemoteConfigStore;
  readonly update: UpdateStore;
  readonly storageNotice: StorageNotice;
  /** Where the product's RTC engine is plugged in. */
  readonly callMedia = new CallMediaPlug();
  /** The stores of the account in force; null when nobody is signed in. */
  account: AccountStores | null = null;
  private readonly stop: () => void;

  constructor({ env, platform, manager }: RootDependencies) {
    makeObservable(this, { account: observableRef });
    this.storageNotice = new StorageNotice(platform.storage);
    this.settings = new SettingsStore(platform);
    this.connection = new ConnectionStore(manager, platform.clock);
    this.appServer = new AppServerClient(platform, env.appServer);
    this.remoteConfig = new RemoteConfigStore(this.appServer);
    this.update = new UpdateStore(platform.updates, this.remoteConfig);
    // Before the session, so that the stores hear of a connection before anything can arrive on it.
    this.stop = manager.on('connection', (connection) => {
      const left = this.account;
      runInAction(() => {
        this.account =
          connection &&
          new AccountStores(connection, platform, this.callMedia, () => this.session.staysSignedIn);
        left?.dispose({ forget: true });
      });
    });
    this.session = new SessionStore({ platform, manager, appServer: this.appServer });
    // Left behind by an app that was ended without signing out.
    const remembered = new RememberedAccount(platform.storage).load()?.accountId;
    keepSnapshotOf(remembered, platform.storage);
    keepUnsentOf(remembered, platform.storage);
  }

  /** The app ends or is replaced: lets go of everything, forgets nothing. */
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
