import { makeObservable, observableRef, runInAction } from 'mobx';
import type { AppUpdates } from '@/platform';
import { version as VERSION } from '../../../package.json';
import type { RemoteConfigStore } from './remote-config';

/** The dialog about the version: a new version is ready, or this version is too old. */
export type UpdateOffer = 'ready' | 'outdated' | null;

/** Newer versions of the app. WeChat downloads them by itself; this store decides when to ask for the restart. */
export class UpdateStore {
  private isReady = false;
  private shown: UpdateOffer = null;
  private readonly stop: () => void;

  constructor(
    private readonly updates: AppUpdates,
    private readonly remote: RemoteConfigStore,
    private readonly version = VERSION,
  ) {
    makeObservable<this, 'isReady' | 'shown'>(this, {
      isReady: observableRef,
      shown: observableRef,
    });
    this.stop = updates.onReady(() => runInAction(() => (this.isReady = true)));
  }

  /** The dialog to show now; null when there is none or it has been shown. */
  get offer(): UpdateOffer {
    const offer = this.isReady ? 'ready' : this.isOutdated ? 'outdated' : null;
    return offer === this.shown ? null : offer;
  }

  /** Called when the dialog about `offer` is on the screen; it is not shown again before the next start. */
  markShown(offer: UpdateOffer): void {
    runInAction(() => (this.shown = offer));
  }

  /** Restarts the app in its new version. Unsent messages are lost, except texts of a user who stays signed in. */
  restart(): void {
    this.updates.restart();
  }

  dispose(): void {
    this.stop();
  }

  private get isOutdated(): boolean {
    const { minVersion } = this.remote;
    return minVersion !== '' && isBelow(this.version, minVersion);
  }
}

/** Compares dotted numbers part by part; a missing part is 0. */
export function isBelow(version: string, minimum: string): boolean {
  const parts = version.split('.').map(Number);
  const needed = minimum.split('.').map(Number);
  for (let index = 0; index < Math.max(parts.length, needed.length); index++) {
    const difference = (parts[index] ?? 0) - (needed[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
