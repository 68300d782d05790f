import { textIn } from './fields';

/** The card of a person, which opens the chat with the person: `{type: 'nameCard', account, name, avatar}`. */
export interface NameCard {
  readonly account: string;
  /** Name and avatar when the card was sent, for readers who do not know the person. */
  readonly name: string;
  readonly avatar: string;
}

/** Longest id of an account, and longest name that is shown, characters. */
const ID_LENGTH = 64;
const NAME_LENGTH = 64;
const URL_LENGTH = 1000;
/** The parts of a conversation's id are separated by this character. */
const SEPARATOR = '|';

/** Null when the fields name no account. */
export function nameCardIn(fields: Readonly<Record<string, unknown>>): NameCard | null {
  const account = textIn(fields.account);
  if (account === '' || account.length > ID_LENGTH || account.includes(SEPARATOR)) return null;
  const avatar = textIn(fields.avatar);
  return {
    account,
    name: textIn(fields.name).slice(0, NAME_LENGTH),
    avatar: /^https?:\/\//i.test(avatar) && avatar.length <= URL_LENGTH ? avatar : '',
  };
}
