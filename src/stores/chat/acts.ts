import type { Clock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import type { AccountStores } from '../session/account';
import { Edits } from './edits';
import { Pins } from './pins';
import { Reactions } from './reactions';
import { TeamReadCounts } from './team-read-counts';
import { TeamReceipts } from './team-receipts';
import { VoiceTexts } from './voice-texts';

/** The acts on sent messages of an account. Only the chat's package imports this module. */
export class MessageActs {
  readonly reactions: Reactions;
  readonly pins: Pins;
  readonly edits: Edits;
  readonly voiceTexts: VoiceTexts;
  readonly readCounts: TeamReadCounts;
  readonly teamReceipts: TeamReceipts;

  constructor({ connection, conversations, messages, sharesReads }: AccountStores, clock: Clock) {
    const { removed } = conversations;
    const isRecalled = (id: string) => removed.recallOf(id) !== null;
    this.reactions = new Reactions(connection, clock, isRecalled);
    this.readCounts = new TeamReadCounts(connection, clock, isRecalled);
    const { seenUntil } = messages;
    this.teamReceipts = new TeamReceipts({ connection, clock, seenUntil, isOn: sharesReads });
    this.pins = new Pins(connection, clock);
    this.voiceTexts = new VoiceTexts(connection, clock);
    this.edits = new Edits(connection, clock, removed, (one) => conversations.showEdit(one));
  }

  /** A row of the message is shown until the returned function is called: who has read it matters, or it is read. */
  watchReads(message: V2NIMMessage): () => void {
    return message.isSelf ? this.readCounts.watch(message) : this.teamReceipts.watch(message);
  }
}

const all = new WeakMap<AccountStores, MessageActs>();

/** The acts of an account, made when its first chat opens. They end with the connection of the account. */
export function actsOf(account: AccountStores, clock: Clock): MessageActs {
  const known = all.get(account);
  if (known) return known;
  const made = new MessageActs(account, clock);
  all.set(account, made);
  return made;
}
