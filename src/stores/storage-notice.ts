import { makeObservable, observableRef, runInAction } from 'mobx';
import type { KeyValueStorage } from '@/platform';

/** Whether the user is to be told that this device keeps nothing. Due once in each start. */
export class StorageNotice {
  isDue = false;
  private wasDue = false;
  private readonly stop: () => void;

  constructor(storage: KeyValueStorage) {
    makeObservable(this, { isDue: observableRef });
    this.stop = storage.onFailure(() => {
      if (this.wasDue) return;
      this.wasDue = true;
      runInAction(() => (this.isDue = true));
    });
  }

  /** The user has read it. */
  dismiss(): void {
    runInAction(() => (this.isDue = false));
  }

  dispose(): void {
    this.stop();
  }
}
