import type { AppLifecycle, Clock, KeyValueStorage, TimerHandle } from '@/platform';
import { AccountRecords } from '../messages/account-records';
import { UntilTold } from '../messages/until-told';

export const MUTES_PREFIX = 'yunxin.mutes.';
/** Longest wait of a timer, ms: a host fires a timer above 2^31 - 1 ms at once, and a stored end may be broken. */
const LONGEST_MS = 86_400_000;

interface MuteRecord {
  conversationId: string;
  /** When the mute ends; milliseconds since 1970. */
  until: number;
}

export interface TimedMutesOptions {
  storage: KeyValueStorage;
  clock: Clock;
  lifecycle: AppLifecycle;
  accountId: string;
  isOnline: () => boolean;
  /** Ends the mute on the server. */
  lift: (conversationId: string) => Promise<void>;
}

/**
 * The ends of mutes with a time. The server mutes without an end, so this device stores the end and lifts the mute
 * when the app runs: at the end itself, or at the first start, return to the foreground or reconnect after it.
 */
export class TimedMutes {
  private readonly records: AccountRecords<MuteRecord>;
  private readonly ends = new Map<string, number>();
  private readonly lifting: UntilTold<number>;
  private readonly stop: () => void;
  private timer: TimerHandle | null = null;

  constructor(private readonly options: TimedMutesOptions) {
    const { storage, clock, lifecycle, accountId, isOnline, lift } = options;
    this.records = new AccountRecords(storage, MUTES_PREFIX, accountId, isMuteRecord);
    for (const { conversationId, until } of this.records.loadRecords())
      this.ends.set(conversationId, until);
    this.lifting = new UntilTold({
      clock,
      tell: async (conversationId, until) => {
        // The mute was changed meanwhile.
        if (this.ends.get(conversationId) !== until) return;
        await lift(conversationId);
        if (this.ends.get(conversationId) === until) this.drop(conversationId);
      },
      isOnline,
      isNewer: (until, than) => until > than,
    });
    // The timers of a mini-program stand still in the background.
    this.stop = lifecycle.onShow(() => this.liftDue());
    this.liftDue();
  }

  /** The end of a mute in milliseconds; 0 for a mute without an end. */
  endOf(conversationId: string): number {
    return this.ends.get(conversationId) ?? 0;
  }

  keep(conversationId: string, until: number): void {
    this.ends.set(conversationId, until);
    this.save();
  }

  /** The mute was ended, or has no end any more. */
  drop(conversationId: string): void {
    if (this.ends.delete(conversationId)) this.save();
  }

  /** Called when the link is back. */
  resume(): void {
    this.lifting.resume();
    this.liftDue();
  }

  dispose({ forget }: { forget: boolean }): void {
    this.stop();
    this.lifting.dispose();
    this.options.clock.clearTimeout(this.timer);
    this.ends.clear();
    if (forget) this.records.clear();
  }

  private save(): void {
    const kept = Array.from(this.ends, ([conversationId, until]) => ({ conversationId, until }));
    if (kept.length > 0) this.records.saveRecords(kept);
    else this.records.clear();
    this.liftDue();
  }

  /** Lifts the mutes that have ended, and waits for the next end. */
  private liftDue(): void {
    const { clock } = this.options;
    const now = clock.now();
    let next = Infinity;
    for (const [conversationId, until] of this.ends) {
      if (until <= now) this.lifting.want(conversationId, until);
      else next = Math.min(next, until);
    }
    clock.clearTimeout(this.timer);
    const delay = Math.min(next - now, LONGEST_MS);
    this.timer = next < Infinity ? clock.setTimeout(() => this.liftDue(), delay) : null;
  }
}

function isMuteRecord(value: unknown): value is MuteRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { conversationId, until } = value as Partial<Record<keyof MuteRecord, unknown>>;
  return typeof conversationId === 'string' && typeof until === 'number';
}
