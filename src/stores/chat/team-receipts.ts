import { observe, type ObservableMap } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock, TimerHandle } from '@/platform';
import { Code } from '@/sdk/codes';
import type { V2NIMMessage } from '@/sdk/types';
import { retryPauseMs } from '../messages/retry-pauses';
import { isReceiptDisabled, receiptBatches, wantsTeamReceipt } from './team-receipt';

/** Messages that are seen within this time share a request. */
const GATHER_MS = 50;
/** Messages whose receipt the server has; older ones are forgotten and receipted again when they are shown. */
const KEPT = 2000;
/** Failures in a row after which the next reconnect is awaited. */
const FAILURES = 8;

interface TeamReceiptsOptions {
  connection: ImConnection;
  clock: Clock;
  /** Server time up to which the messages of each conversation were on the screen. */
  seenUntil: ObservableMap<string, number>;
  /** Whether the account tells others what it has read. */
  isOn: () => boolean;
}

/**
 * Read receipts for messages of others in teams: each message that had a row and was on the screen is reported once,
 * in portions, until the server has it.
 */
export class TeamReceipts {
  /** Rows whose messages were not on the screen yet. */
  private readonly rows = new Map<string, V2NIMMessage>();
  /** Messages that were seen and are not reported yet. */
  private readonly seen = new Map<string, V2NIMMessage>();
  private readonly told = new Set<string>();
  private timer: TimerHandle | null = null;
  private isUnderWay = false;
  private failures = 0;

  constructor(private readonly options: TeamReceiptsOptions) {
    observe(options.seenUntil, () => this.look());
    options.connection.listen('message', 'onMessageRevokeNotifications', (all) => {
      for (const { messageRefer } of all) {
        this.rows.delete(messageRefer.messageClientId);
        this.seen.delete(messageRefer.messageClientId);
      }
    });
    options.connection.on('state', ({ to }) => {
      if (to.name !== 'online') return;
      this.failures = 0;
      this.sendSoon(GATHER_MS);
    });
  }

  /** A row of the message exists until the returned function is called. */
  watch(message: V2NIMMessage): () => void {
    const { messageClientId: id } = message;
    if (message.isSelf || !wantsTeamReceipt(message) || !this.options.isOn())
      return () => undefined;
    this.rows.set(id, message);
    this.look();
    return () => this.rows.delete(id);
  }

  private look(): void {
    for (const [id, message] of this.rows) {
      if (message.createTime > (this.options.seenUntil.get(message.conversationId) ?? 0)) continue;
      this.rows.delete(id);
      if (!this.told.has(id)) this.seen.set(id, message);
    }
    this.sendSoon(GATHER_MS);
  }

  private sendSoon(pauseMs: number): void {
    if (this.seen.size === 0 || this.timer || this.isUnderWay) return;
    this.timer = this.options.clock.setTimeout(() => {
      this.timer = null;
      void this.send();
    }, pauseMs);
  }

  private async send(): Promise<void> {
    this.isUnderWay = true;
    const { connection, isOn } = this.options;
    while (connection.state.name === 'online' && this.failures < FAILURES) {
      if (!isOn()) this.seen.clear();
      const [batch] = receiptBatches(this.seen.values());
      if (!batch || !(await this.tell(batch))) break;
    }
    this.isUnderWay = false;
    if (this.failures < FAILURES && connection.state.name === 'online')
      this.sendSoon(this.failures ? retryPauseMs(this.failures) : GATHER_MS);
  }

  /** Returns whether the next portion can be sent at once. */
  private async tell(batch: V2NIMMessage[]): Promise<boolean> {
    const { connection, clock } = this.options;
    try {
      await answered(clock, () => connection.services.message.sendTeamMessageReceipts(batch));
      for (const { messageClientId: id } of batch) this.told.add(id);
      this.failures = 0;
    } catch (cause) {
      const { code } = ConnectionError.from(cause);
      if (!isForGood(code)) {
        this.failures++;
        return false;
      }
    }
    for (const { messageClientId: id } of batch) this.seen.delete(id);
    for (const id of this.told) {
      if (this.told.size <= KEPT) break;
      this.told.delete(id);
    }
    return true;
  }
}

/** A refusal that a later request would get too. */
function isForGood(code: number): boolean {
  return (
    isReceiptDisabled(code) ||
    code === Code.teamNotExist ||
    code === Code.teamMemberNotExist ||
    code === Code.messageNotExist ||
    code === Code.invalidParameter
  );
}
