import { makeObservable, observableRef, runInAction } from 'mobx';
import type { KeyValueStorage } from '@/platform';

/** Whether to tell the user that this device cannot store anything. Due once in each start. */
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

  /** Called when the user has read the notice. */
  dismiss(): void {
    runInAction(() => (this.isDue = false));
  }

  dispose(): void {
    this.stop();
  }
}
