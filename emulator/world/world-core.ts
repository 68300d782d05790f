import { Reason, Refusal } from '../protocol/reasons';
import { EventBus } from './event-bus';
import { emptyMailbox } from './world-state';
import type {
  AccountRecord,
  BroadcastRecord,
  Mailbox,
  PinRecord,
  ReactionRecord,
  RecallRecord,
  StoredMessage,
  WorldState,
} from './world-state';

/** Events of a world; delivery, bots and the snapshot listen. */
export interface WorldEvents extends Record<string, unknown> {
  /** `originConsid` is the connection that sent the message, if any; that connection gets no push. */
  message: { message: StoredMessage; originConsid?: string };
  recall: { recall: RecallRecord; originConsid?: string };
  edit: { message: StoredMessage; originConsid?: string };
  reaction: {
    message: StoredMessage;
    reaction: ReactionRecord;
    isAdded: boolean;
    originConsid?: string;
  };
  pin: {
    message: StoredMessage;
    pin: PinRecord;
    change: 'pinned' | 'updated' | 'unpinned';
    originConsid?: string;
  };
  /** A member has read a team message for the first time. */
  teamReceipt: { message: StoredMessage; latestReader: string };
  profile: { accountId: string; originConsid?: string };
  loginRefusal: { accountId: string; code: number };
  /** Notification from a kit's server to an account; not stored for offline accounts. */
  proxyNotify: { accountId: string; from: string; body: string };
  broadcast: { broadcast: BroadcastRecord };
  change: undefined;
}

/** The state, clock and events that every part of the world (teams, rooms, relations …) works with. */
export class WorldCore {
  readonly events = new EventBus<WorldEvents>();
  /** Address at which the emulator is reached; seeded URLs are completed with it. */
  origin = '';

  constructor(
    readonly state: WorldState,
    readonly now: () => number,
  ) {}

  /** Returns the next change number: at least the time in ms, and greater than every number before. */
  stamp(): number {
    this.state.lastStamp = Math.max(Math.floor(this.now()), this.state.lastStamp + 1);
    this.events.emit('change', undefined);
    return this.state.lastStamp;
  }

  account(accountId: string): AccountRecord | undefined {
    return Object.hasOwn(this.state.accounts, accountId)
      ? this.state.accounts[accountId]
      : undefined;
  }

  /** Returns the account, or refuses with 102404. */
  requireAccount(accountId: string): AccountRecord {
    const account = this.account(accountId);
    if (!account) throw new Refusal(Reason.accountNotExist, `no account ${accountId}`);
    return account;
  }

  mailbox(accountId: string): Mailbox {
    if (!Object.hasOwn(this.state.mailboxes, accountId)) {
      this.state.mailboxes[accountId] = emptyMailbox();
    }
    return this.state.mailboxes[accountId] ?? emptyMailbox();
  }
}
