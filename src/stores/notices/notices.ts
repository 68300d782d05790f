import { computed, makeObservable, observableRef, runInAction } from 'mobx';
import type { ImConnection } from '@/connection';
import type { Clock, KeyValueStorage } from '@/platform';
import { ConversationType } from '@/sdk/constants';
import type { V2NIMBroadcastNotification, V2NIMCustomNotification } from '@/sdk/types';

/** The storage keys are this and the account id. */
export const NOTICES_PREFIX = 'yunxin.notices.';
/** How many notices are kept, the newest. */
const KEPT = 100;
/** Longest kept title and text, characters. */
const TITLE_LENGTH = 60;
const TEXT_LENGTH = 500;
/** Longest content that is read, characters. Products send notifications of their own, of any length. */
const LONGEST = 10_000;

const KINDS = ['custom', 'broadcast', 'proxy'] as const;

/** A notification for people to read: of another account, of the operator of the app, or of an app server. */
export interface Notice {
  readonly id: string;
  readonly kind: (typeof KINDS)[number];
  readonly senderId: string;
  /** The team that a custom notification was sent to; empty for all others. */
  readonly teamId: string;
  readonly title: string;
  readonly text: string;
  /** ms since 1970, of the server. */
  readonly time: number;
  readonly read: boolean;
}

interface Kept {
  readonly list: readonly Notice[];
  /** Server time up to which the user has cleared the list; the server can deliver a broadcast again. */
  readonly clearedUntil: number;
}

/**
 * Custom notifications, broadcasts and messages of an app server that have a text to read, newest first. A custom
 * notification is a signal between programs unless its content is JSON with a `text` (and a `title`), or it has the
 * text of a push: the others are for other listeners. Stored on the device when the user stays signed in.
 */
export class Notices {
  list: readonly Notice[];
  private readonly key: string;
  private readonly me: string;
  private clearedUntil: number;

  constructor(
    connection: ImConnection,
    private readonly storage: KeyValueStorage,
    private readonly clock: Clock,
    private readonly staysSignedIn: () => boolean,
  ) {
    this.me = connection.accountId;
    this.key = NOTICES_PREFIX + this.me;
    ({ list: this.list, clearedUntil: this.clearedUntil } = keptIn(storage.get(this.key)));
    makeObservable(this, { list: observableRef, unread: computed });
    connection.listen('notification', 'onReceiveCustomNotifications', (all) =>
      this.put(all.flatMap((each) => this.fromCustom(each) ?? [])),
    );
    connection.listen('notification', 'onReceiveBroadcastNotifications', (all) =>
      this.put(all.flatMap((each) => this.fromBroadcast(each) ?? [])),
    );
    connection.listen('passthrough', 'onProxyNotify', ({ fromAccountId, body, time }) => {
      const content = contentIn(body, false);
      if (content) this.put([this.notice('proxy', fromAccountId, time, content)]);
    });
  }

  get unread(): number {
    return this.list.filter(({ read }) => !read).length;
  }

  /** The list was on the screen. */
  markRead(): void {
    if (this.unread > 0) this.replace(this.list.map((each) => ({ ...each, read: true })));
  }

  remove(id: string): void {
    this.replace(this.list.filter((each) => each.id !== id));
  }

  clear(): void {
    this.clearedUntil = Math.max(this.clearedUntil, ...this.list.map(({ time }) => time));
    this.replace([]);
  }

  dispose(): void {
    runInAction(() => (this.list = []));
  }

  private fromCustom(notification: V2NIMCustomNotification): Notice | null {
    const { senderId, receiverId, conversationType, timestamp, pushConfig } = notification;
    const content = contentIn(notification.content, false) ?? pushed(pushConfig?.pushContent);
    if (!content || senderId === this.me) return null;
    const isOfTwo = conversationType === ConversationType.P2P;
    return this.notice('custom', senderId, timestamp, content, isOfTwo ? '' : receiverId);
  }

  /** The typings of the SDK (10.8.1) call the time `time`; the SDK's object has `timestamp`. */
  private fromBroadcast(broadcast: V2NIMBroadcastNotification): Notice | null {
    const { id, senderId, time, timestamp } = broadcast as typeof broadcast & {
      timestamp?: number;
    };
    const content = contentIn(broadcast.content, true);
    return content && { ...this.notice('broadcast', senderId, timestamp ?? time, content), id };
  }

  private notice(
    kind: Notice['kind'],
    senderId: unknown,
    time: unknown,
    { title, text }: Content,
    teamId = '',
  ): Notice {
    const sentAt = Number(time) || this.clock.now();
    const sender = typeof senderId === 'string' ? senderId : '';
    // The server gives broadcasts an id; a repeated delivery of the others has the same time and text.
    const id = [kind, sender, teamId, sentAt, title, text].join('|').slice(0, 200);
    return { id, kind, senderId: sender, teamId, title, text, time: sentAt, read: false };
  }

  private put(notices: readonly Notice[]): void {
    const known = new Set(this.list.map(({ id }) => id));
    const fresh = notices.filter(({ id, time }) => {
      if (time <= this.clearedUntil || known.has(id)) return false;
      known.add(id);
      return true;
    });
    if (fresh.length === 0) return;
    const all = [...fresh, ...this.list].sort((a, b) => b.time - a.time);
    this.replace(all.slice(0, KEPT));
  }

  private replace(list: readonly Notice[]): void {
    runInAction(() => (this.list = list));
    const { clearedUntil } = this;
    if (this.staysSignedIn()) this.storage.set(this.key, JSON.stringify({ list, clearedUntil }));
  }
}

interface Content {
  readonly title: string;
  readonly text: string;
}

/** The text of a content, and its title; null when there is none. `isPlain`: the content may be a plain text. */
function contentIn(content: unknown, isPlain: boolean): Content | null {
  if (typeof content !== 'string' || content.length > LONGEST) return null;
  try {
    const { title, text } = (JSON.parse(content) ?? {}) as { title?: unknown; text?: unknown };
    if (typeof text !== 'string' || text.trim() === '') return null;
    return cut(typeof title === 'string' ? title : '', text);
  } catch {
    return isPlain && content.trim() !== '' ? cut('', content) : null;
  }
}

function pushed(text: unknown): Content | null {
  return typeof text === 'string' && text.trim() !== '' ? cut('', text) : null;
}

function cut(title: string, text: string): Content {
  return { title: title.slice(0, TITLE_LENGTH), text: text.slice(0, TEXT_LENGTH) };
}

/** Storage may hold the data of another version. */
function keptIn(stored: string | undefined): Kept {
  try {
    const { list, clearedUntil } = (JSON.parse(stored ?? '{}') ?? {}) as Partial<Kept>;
    return {
      list: Array.isArray(list) ? list.filter(isNotice).slice(0, KEPT) : [],
      clearedUntil: Number.isFinite(clearedUntil) ? Number(clearedUntil) : 0,
    };
  } catch {
    return { list: [], clearedUntil: 0 };
  }
}

function isNotice(value: unknown): value is Notice {
  const { id, kind, senderId, teamId, title, text, time, read } = (value ?? {}) as Notice;
  return (
    [id, senderId, teamId, title, text].every((each) => typeof each === 'string') &&
    KINDS.includes(kind) &&
    Number.isFinite(time) &&
    typeof read === 'boolean'
  );
}
