import type { Clock } from '@/platform';
import type { AccountStores } from '../session/account';
import { Edits } from './edits';
import { Pins } from './pins';
import { Reactions } from './reactions';
import { VoiceTexts } from './voice-texts';

/** The acts on sent messages of an account. Only the chat's package imports this module. */
export class MessageActs {
  readonly reactions: Reactions;
  readonly pins: Pins;
  readonly edits: Edits;
  readonly voiceTexts: VoiceTexts;

  constructor({ connection, conversations }: AccountStores, clock: Clock) {
    const { removed } = conversations;
    this.reactions = new Reactions(connection, clock, (id) => removed.recallOf(id) !== null);
    this.pins = new Pins(connection, clock);
    this.voiceTexts = new VoiceTexts(connection, clock);
    this.edits = new Edits(connection, clock, removed);
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
