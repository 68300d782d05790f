import { createAtom, type IAtom } from 'mobx';
import { answered, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import type { V2NIMUserStatus } from '@/sdk/types';

/** The SDK's limit of accounts for one request. */
const BATCH = 100;
/** How long the server tells of an account, seconds; the subscription is renewed before. */
const DURATION_S = 3600;
const RENEW_MS = 50 * 60_000;
/** Rows that a fast scroll passes are not asked for, ms. */
const SETTLE_MS = 200;
/** How long the server takes at most to send the current status of those who are online, ms. */
const ANSWER_MS = 2000;
/** The server sends the current status once within 30 s, whichever client of the account asks. */
const SYNC_PAUSE_MS = 31_000;

/** V2NIMUserStatusType. Higher numbers up to 10000 are reserved; a status of a product is above. */
const LOGIN = 1;
const DISCONNECT = 3;

interface ClientStatus {
  isOnline: boolean;
  /** Server time of the change, ms. */
  time: number;
}

class Person {
  readonly atom: IAtom = createAtom('presence');
  /** Number of places on the screen that show the account. */
  shown = 0;
  /** By client type; null while the server has not told anything since it was asked. */
  clients: Map<number, ClientStatus> | null = null;
  isOnline: boolean | null = null;
  /** How often the server was asked on this link. */
  asked = 0;
  end: TimerHandle | null = null;

  show(): void {
    const isOnline = this.clients && [...this.clients.values()].some((each) => each.isOnline);
    if (isOnline === this.isOnline) return;
    this.isOnline = isOnline;
    this.atom.reportChanged();
  }
}

/**
 * Knows whether the shown people are online. Asks the server only for accounts that a page shows, in batches of 100,
 * again after each reconnect, and gives an account up 31 s after the last page has stopped to show it. Without the
 * service (it has to be switched on for the app, else the server refuses) nobody is shown as online or offline.
 */
export class Presence {
  private readonly people = new Map<string, Person>();
  private readonly leaving = new Set<string>();
  private readonly timers = new Set<TimerHandle>();
  private isDisposed = false;
  private isPlanned = false;
  private renewal: TimerHandle | null = null;
  /** The server refused: nothing is asked until the next link. */
  private isRefused = false;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {
    connection.listen('subscription', 'onUserStatusChanged', (all) => {
      for (const status of all) this.learn(status);
    });
    connection.on('state', ({ to }) => {
      if (to.name === 'online') this.askAgain();
    });
  }

  /** Whether an account is online; null while that is not known. Observed for each account alone. */
  isOnline(accountId: string): boolean | null {
    const person = this.personOf(accountId);
    person.atom.reportObserved();
    return person.isOnline;
  }

  /** A page shows the account, until it calls the returned function. */
  watch(accountId: string): () => void {
    const person = this.personOf(accountId);
    person.shown++;
    this.clock.clearTimeout(person.end);
    person.end = null;
    this.leaving.delete(accountId);
    if (person.asked === 0) this.askSoon();
    return () => {
      // The pages of an account may close after its end.
      if (--person.shown > 0 || this.isDisposed) return;
      person.end = this.clock.setTimeout(() => {
        this.leaving.add(accountId);
        this.askSoon();
      }, SYNC_PAUSE_MS);
    };
  }

  dispose(): void {
    this.isDisposed = true;
    for (const timer of this.timers) this.clock.clearTimeout(timer);
    for (const { end } of this.people.values()) this.clock.clearTimeout(end);
    this.clock.clearTimeout(this.renewal);
    this.people.clear();
    this.leaving.clear();
  }

  private personOf(accountId: string): Person {
    let person = this.people.get(accountId);
    if (!person) this.people.set(accountId, (person = new Person()));
    return person;
  }

  /** On a new link, and before the subscriptions end: the server told nothing while there was no link. */
  private askAgain(): void {
    this.isRefused = false;
    for (const person of this.people.values()) person.asked = 0;
    this.askSoon();
    this.clock.clearTimeout(this.renewal);
    this.renewal = this.clock.setTimeout(() => this.askAgain(), RENEW_MS);
  }

  private askSoon(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    this.after(SETTLE_MS, () => {
      this.isPlanned = false;
      this.giveUp();
      this.ask([...this.people].filter(([, { asked }]) => asked === 0));
    });
  }

  private ask(people: readonly [string, Person][]): void {
    if (!this.mayAsk) return;
    const shown = people.filter(([, person]) => person.shown > 0);
    for (let from = 0; from < shown.length; from += BATCH)
      void this.subscribe(shown.slice(from, from + BATCH));
  }

  private async subscribe(batch: readonly [string, Person][]): Promise<void> {
    for (const [, person] of batch) {
      person.asked++;
      person.clients = null;
    }
    try {
      await answered(this.clock, () =>
        this.connection.services.subscription.subscribeUserStatus({
          accountIds: batch.map(([accountId]) => accountId),
          duration: DURATION_S,
          immediateSync: true,
        }),
      );
      this.after(ANSWER_MS, () => this.settle(batch));
    } catch {
      // After a lost link the next link asks again.
      if (this.connection.state.name === 'online') this.isRefused = true;
    }
  }

  /**
   * Of those who are not online the server says nothing, and of nobody within 30 s after the last answer. So those
   * that it was silent about are asked for once more, and after that what was known of them is no longer shown.
   */
  private settle(batch: readonly [string, Person][]): void {
    const silent = batch.filter(([, { clients }]) => clients === null);
    const isLast = ([, { asked }]: [string, Person]) => asked > 1;
    for (const [, person] of silent.filter(isLast)) person.show();
    const again = silent.filter((each) => !isLast(each));
    if (again.length > 0) this.after(SYNC_PAUSE_MS - ANSWER_MS, () => this.ask(again));
  }

  private giveUp(): void {
    const left = [...this.leaving].filter((id) => (this.people.get(id)?.asked ?? 0) > 0);
    for (const accountId of this.leaving) this.people.delete(accountId);
    this.leaving.clear();
    if (!this.mayAsk) return;
    for (let from = 0; from < left.length; from += BATCH) {
      const accountIds = left.slice(from, from + BATCH);
      answered(this.clock, () =>
        this.connection.services.subscription.unsubscribeUserStatus({ accountIds }),
      ).catch(() => undefined); // The subscription ends by itself after an hour.
    }
  }

  private get mayAsk(): boolean {
    return !this.isRefused && this.connection.state.name === 'online';
  }

  private learn(status: V2NIMUserStatus): void {
    const { accountId, statusType, clientType } = status;
    const person = this.people.get(accountId);
    if (!person || !(statusType >= LOGIN && statusType <= DISCONNECT)) return;
    const time = Number(status.publishTime) || 0;
    const clients = (person.clients ??= new Map<number, ClientStatus>());
    // Statuses can come late and twice.
    if ((clients.get(clientType)?.time ?? 0) > time) return;
    clients.set(clientType, { isOnline: statusType === LOGIN, time });
    const online = onlineClientsIn(status.serverExtension);
    if (online)
      for (const [type, client] of clients)
        if (client.time <= time) client.isOnline = online.includes(type);
    person.show();
  }

  private after(delayMs: number, act: () => void): void {
    // An answer that comes after the end starts nothing.
    if (this.isDisposed) return;
    const timer = this.clock.setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, delayMs);
    this.timers.add(timer);
  }
}

/** The client types that the server calls online: `{"online":[1,16]}`. Null when the server does not say. */
function onlineClientsIn(serverExtension: unknown): readonly unknown[] | null {
  if (typeof serverExtension !== 'string') return null;
  try {
    const { online } = (JSON.parse(serverExtension) ?? {}) as { online?: unknown };
    return Array.isArray(online) ? online : null;
  } catch {
    return null;
  }
}
