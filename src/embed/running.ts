import { rootClass } from '@/components/page/root-class';
import { watchDevice } from '@/components/page/stores-context';
import { type Core, bootInHost, type Lasting } from '@/connection/boot';
import type { RawEnv } from '@/env';
import type { Language } from '@/i18n';
import { Listeners } from '@/platform';
import { createRootStore, type RootStore } from '@/stores';

/** The chat from a `start` of the host until `leave`. */
export interface Run {
  readonly core: Core;
  readonly root: RootStore;
  readonly stopWatching: () => void;
}

/** How the pages looked at the end of the last run: they stay open and say that the chat has ended. */
interface Look {
  language: Language;
  className: string;
}

interface RunOptions {
  configuration: RawEnv;
  offersUpdates: boolean;
}

/** Holds the current run. Platform, socket gate and journal are made once and outlive it. */
class Running {
  private run: Run | null = null;
  private lasting: Lasting | undefined;
  private lastLook: Look | null = null;
  private readonly listeners = new Listeners<[Run | null]>();

  readonly get = (): Run | null => this.run;

  /** Whether there was a run, and the host ended it. */
  readonly hasEnded = (): boolean => this.lasting !== undefined && this.run === null;

  /** null before the end of the first run. */
  readonly look = (): Look | null => this.lastLook;

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
    const { settings, account } = run.root;
    const className = rootClass(settings, { isDark: false });
    this.lastLook = { language: settings.language, className };
    // The pages first: they use the stores.
    this.set(null);
    run.stopWatching();
    account?.call.endNow();
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
