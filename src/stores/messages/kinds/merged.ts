import { fieldsIn, numberIn, textIn } from './fields';

/** Messages that Yunxin's kits forward together: `{type: 101, data: {...}}` with the messages in an uploaded file. */
export interface Merged {
  /** The name of the conversation that the messages are from. */
  readonly title: string;
  /** The first messages; empty when the sender gave none. */
  readonly lines: readonly { readonly name: string; readonly text: string }[];
  /** The address of the file. */
  readonly url: string;
  /** MD5 of the file in hexadecimal; empty when the sender gave none. */
  readonly md5: string;
  /** Levels of forwarded messages inside of each other, this one included. */
  readonly depth: number;
}

/** The kits put three abstracts into a message. */
const MOST_LINES = 3;
const NAME_LENGTH = 64;
const LINE_LENGTH = 200;
const URL_LENGTH = 1000;
const MOST_DEPTH = 100;

/** Null when the fields name no file. */
export function mergedIn({ data }: Readonly<Record<string, unknown>>): Merged | null {
  const { sessionName, abstracts, url, md5, depth } = fieldsIn(data);
  const address = textIn(url);
  if (!/^https?:\/\//i.test(address) || address.length > URL_LENGTH) return null;
  return {
    title: textIn(sessionName).slice(0, NAME_LENGTH),
    lines: (Array.isArray(abstracts) ? abstracts.slice(0, MOST_LINES) : []).map((each) => {
      const { senderNick, userAccId, content } = fieldsIn(each);
      return {
        name: (textIn(senderNick) || textIn(userAccId)).slice(0, NAME_LENGTH),
        text: textIn(content).slice(0, LINE_LENGTH),
      };
    }),
    url: address,
    md5: /^[0-9a-f]{32}$/i.test(textIn(md5)) ? textIn(md5).toLowerCase() : '',
    depth: Math.floor(numberIn(depth, MOST_DEPTH)) || 1,
  };
}
