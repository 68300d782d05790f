import { watchDevice } from '@/components/page/stores-context';
import { type Core, bootInHost, type Lasting } from '@/connection/boot';
import type { RawEnv } from '@/env';
import { Listeners } from '@/platform';
import { createRootStore, type RootStore } from '@/stores';

/** The chat from a `start` of the host until `leave`. */
export interface Run {
  readonly core: Core;
  readonly root: RootStore;
  readonly stopWatching: () => void;
}

interface RunOptions {
  configuration: RawEnv;
  offersUpdates: boolean;
}

/** Holds the current run. Platform, socket gate and journal are made once and outlive it. */
class Running {
  private run: Run | null = null;
  private lasting: Lasting | undefined;
  private readonly listeners = new Listeners<[Run | null]>();

  readonly get = (): Run | null => this.run;

  /** Whether there was a run, and the host ended it. */
  readonly hasEnded = (): boolean => this.lasting !== undefined && this.run === null;

  readonly subscribe = (handler: (run: Run | null) => void): (() => void) =>
    this.listeners.add(handler);

  /** @throws ConfigurationError */
  begin({ configuration, offersUpdates }: RunOptions): Run {
    const core = bootInHost(configuration, this.lasting);
    const { platform, gate, journal, env, manager } = core;
    this.lasting = { platform, gate, journal };
    const updates = offersUpdates ? platform.updates : NO_UPDATES;
    const root = createRootStore({ env, manager, platform: { ...platform, updates } });
    this.set({ core, root, stopWatching: watchDevice(root) });
    return this.run as Run;
  }

  /** Resolves when every socket of the run is closed. */
  async end(): Promise<void> {
    const { run } = this;
    if (!run) return;
    // The pages first: they use the stores.
    this.set(null);
    run.stopWatching();
    run.root.dispose();
    await run.core.manager.destroy();
  }

  private set(run: Run | null): void {
    this.run = run;
    this.listeners.emit(run);
  }
}

/** WeChat's update manager belongs to the host. */
const NO_UPDATES = { onReady: () => () => undefined, restart: () => undefined };

export const running = new Running();
