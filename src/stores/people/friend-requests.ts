import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import type { KeyValueStorage } from '@/platform';
import type { V2NIMFriendAddApplication } from '@/sdk/types';

/** The storage keys are this and the account id. */
export const REQUESTS_PREFIX = 'yunxin.requests.';
/** How many requests are kept, the newest. */
const KEPT = 100;
/** Longest text of a request or of a refusal that is kept, characters. */
const TEXT_LENGTH = 200;

const STATES = ['pending', 'accepted', 'rejected', 'expired'] as const;
export type RequestState = (typeof STATES)[number];

/** A request to become friends, from or to another account. */
export interface FriendRequest {
  readonly peerId: string;
  /** Whether the other account asked. */
  readonly incoming: boolean;
  readonly text: string;
  /** The text of the refusal. */
  readonly answer: string;
  readonly state: RequestState;
  /** ms since 1970, of the server for a request of another account. */
  readonly time: number;
  readonly read: boolean;
}

/**
 * The newest request from and to each account, newest first. The SDK keeps requests in memory only, does not keep
 * those of this account, and the server delivers a request until the first client has acknowledged it: so the
 * requests are stored on the device, when the user stays signed in.
 */
export class FriendRequests {
  list: readonly FriendRequest[] = [];
  private readonly me: string;
  private readonly key: string;

  constructor(
    connection: ImConnection,
    private readonly storage: KeyValueStorage,
    private readonly staysSignedIn: () => boolean,
  ) {
    this.me = connection.accountId;
    this.key = REQUESTS_PREFIX + this.me;
    this.list = requestsIn(storage.get(this.key));
    makeObservable(this, { list: observableRef, unread: computed });
    connection.listen('friend', 'onFriendAddApplication', (application) => {
      this.onApplication(application);
    });
    connection.listen('friend', 'onFriendAddRejected', (refusal) => this.onRejected(refusal));
  }

  /** The number of open requests that the user has not seen. */
  get unread(): number {
    return this.list.filter(({ incoming, state, read }) => incoming && state === 'pending' && !read)
      .length;
  }

  /** Changes the requests that `which` chooses. */
  update(which: (request: FriendRequest) => boolean, change: Partial<FriendRequest>): void {
    this.replace(this.list.map((each) => (which(each) ? { ...each, ...change } : each)));
  }

  /** Keeps the requests that `which` chooses. */
  keepOnly(which: (request: FriendRequest) => boolean): void {
    this.replace(this.list.filter(which));
  }

  dispose(): void {
    runInAction(() => (this.list = []));
  }

  /** Takes in the accounts that are friends: their requests are accepted, by whichever client. */
  setFriends(accountIds: readonly string[]): void {
    const isAccepted = ({ peerId, state }: FriendRequest) =>
      state === 'pending' && accountIds.includes(peerId);
    if (this.list.some(isAccepted)) this.update(isAccepted, { state: 'accepted', read: true });
  }

  /** Puts a request in the place of an older request of the same direction; a repeated delivery changes nothing. */
  put(request: FriendRequest): void {
    const { peerId, incoming, time, text } = request;
    const isSame = (each: FriendRequest) => each.peerId === peerId && each.incoming === incoming;
    if (this.list.some((each) => isSame(each) && each.time >= time)) return;
    const others = this.list.filter((each) => !isSame(each));
    const all = [{ ...request, text: text.slice(0, TEXT_LENGTH) }, ...others];
    this.replace(all.sort((a, b) => b.time - a.time).slice(0, KEPT));
  }

  private onApplication(application: V2NIMFriendAddApplication): void {
    const { postscript = '', timestamp } = application;
    const side = this.sideOf(application);
    this.put({ ...NEW_REQUEST, ...side, text: postscript, time: timestamp });
  }

  private onRejected(refusal: V2NIMFriendAddApplication): void {
    const { peerId, incoming } = this.sideOf(refusal);
    const answer = (refusal.postscript ?? '').slice(0, TEXT_LENGTH);
    this.update((each) => each.peerId === peerId && each.incoming === incoming, {
      state: 'rejected',
      answer,
      read: true,
    });
  }

  private sideOf({
    applicantAccountId,
    recipientAccountId,
  }: V2NIMFriendAddApplication): Pick<FriendRequest, 'peerId' | 'incoming'> {
    const incoming = applicantAccountId !== this.me;
    return { peerId: incoming ? applicantAccountId : recipientAccountId, incoming };
  }

  private replace(list: readonly FriendRequest[]): void {
    runInAction(() => (this.list = list));
    if (this.staysSignedIn()) this.storage.set(this.key, JSON.stringify(list));
  }
}

/** The fields of a request that is new. */
export const NEW_REQUEST = { text: '', answer: '', state: 'pending', read: false } as const;

function requestsIn(stored: string | undefined): FriendRequest[] {
  try {
    const values: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(values) ? values.filter(isRequest) : [];
  } catch {
    return [];
  }
}

function isRequest(value: unknown): value is FriendRequest {
  const { peerId, incoming, text, answer, state, time, read } = (value ?? {}) as FriendRequest;
  return (
    [peerId, text, answer].every((each) => typeof each === 'string') &&
    typeof incoming === 'boolean' &&
    typeof read === 'boolean' &&
    Number.isFinite(time) &&
    STATES.includes(state)
  );
}
