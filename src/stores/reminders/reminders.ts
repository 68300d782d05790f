import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import type { AppLifecycle, Clock, KeyValueStorage, TimerHandle } from '@/platform';
import { recallsFor } from '../conversations/account-removals';
import { AccountRecords } from '../messages/account-records';

/** The storage keys are this and the account id. */
export const REMINDERS_PREFIX = 'yunxin.reminders.';
/** Most reminders of an account. */
export const MOST_REMINDERS = 50;
/** Longest kept text, characters. */
const TEXT_LENGTH = 60;
/** Longest wait of a timer, ms: a host fires a timer above 2^31 - 1 ms at once. */
const LONGEST_MS = 86_400_000;

/** A message that the user wants to be reminded of. */
export interface Reminder {
  readonly conversationId: string;
  readonly messageClientId: string;
  /** Server time of the message, ms since 1970. */
  readonly createTime: number;
  readonly senderId: string;
  /** The beginning of the message, as a line of the list shows it. */
  readonly text: string;
  /** When the reminder is due, ms since 1970 on the clock of this device. */
  readonly at: number;
}

export interface RemindersOptions {
  connection: ImConnection;
  storage: KeyValueStorage;
  clock: Clock;
  lifecycle: AppLifecycle;
  staysSignedIn: () => boolean;
}

/**
 * The reminders of an account on this device, the earliest first. A mini-program runs only while it is open, so a
 * reminder is shown when its time comes or at the next start or return after it. It goes with its message: a message
 * that is recalled or deleted has none.
 */
export class Reminders {
  list: readonly Reminder[];
  /** The time up to which reminders are due, ms since 1970. */
  private reached = 0;
  private readonly records: AccountRecords<Reminder>;
  private readonly stop: () => void;
  private timer: TimerHandle | null = null;

  constructor(private readonly options: RemindersOptions) {
    const { connection, storage, lifecycle } = options;
    const { accountId } = connection;
    this.records = new AccountRecords(storage, REMINDERS_PREFIX, accountId, isReminder);
    this.list = sorted(this.records.loadRecords()).slice(0, MOST_REMINDERS);
    makeObservable<this, 'reached'>(this, {
      list: observableRef,
      reached: observableRef,
      due: computed,
    });
    connection.listen('message', 'onMessageRevokeNotifications', (all) => {
      const gone = recallsFor(accountId, all).map((one) => one.messageRefer.messageClientId);
      this.drop(({ messageClientId }) => gone.includes(messageClientId));
    });
    connection.listen('message', 'onMessageDeletedNotifications', (all) => {
      const gone = all.map((one) => one.messageRefer.messageClientId);
      this.drop(({ messageClientId }) => gone.includes(messageClientId));
    });
    connection.listen('message', 'onClearHistoryNotifications', (all) =>
      this.drop((one) =>
        all.some((clear) => {
          return clear.conversationId === one.conversationId && clear.deleteTime >= one.createTime;
        }),
      ),
    );
    // The timers of a mini-program stand still in the background.
    this.stop = lifecycle.onShow(() => this.tick());
    this.tick();
  }

  /** The reminders whose time has come, the earliest first. */
  get due(): readonly Reminder[] {
    return this.list.filter(({ at }) => at <= this.reached);
  }

  /** A second reminder of a message replaces the first. Returns false when there are too many. */
  add(reminder: Reminder): boolean {
    const others = this.list.filter((one) => one.messageClientId !== reminder.messageClientId);
    if (others.length >= MOST_REMINDERS) return false;
    const text = [...reminder.text].slice(0, TEXT_LENGTH).join('');
    this.replace(sorted([...others, { ...reminder, text }]));
    return true;
  }

  remove(messageClientId: string): void {
    this.drop((one) => one.messageClientId === messageClientId);
  }

  dispose({ forget }: { forget: boolean }): void {
    this.stop();
    this.options.clock.clearTimeout(this.timer);
    runInAction(() => (this.list = []));
    if (forget) this.records.clear();
  }

  private drop(isGone: (reminder: Reminder) => boolean): void {
    const left = this.list.filter((one) => !isGone(one));
    if (left.length < this.list.length) this.replace(left);
  }

  private replace(list: readonly Reminder[]): void {
    runInAction(() => (this.list = list));
    if (list.length === 0) this.records.clear();
    else if (this.options.staysSignedIn()) this.records.saveRecords(list);
    this.tick();
  }

  private tick(): void {
    const { clock } = this.options;
    clock.clearTimeout(this.timer);
    const now = clock.now();
    runInAction(() => (this.reached = now));
    const next = this.list.find(({ at }) => at > now);
    this.timer = next
      ? clock.setTimeout(() => this.tick(), Math.min(next.at - now, LONGEST_MS))
      : null;
  }
}

function sorted(list: readonly Reminder[]): Reminder[] {
  return [...list].sort((a, b) => a.at - b.at);
}

function isReminder(value: unknown): value is Reminder {
  const one = (value ?? {}) as Reminder;
  const texts = [one.conversationId, one.messageClientId, one.senderId, one.text];
  return (
    texts.every((each) => typeof each === 'string') &&
    Number.isFinite(one.createTime) &&
    Number.isFinite(one.at)
  );
}
