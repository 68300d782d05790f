import { extensionIn, fieldsIn, textIn } from './fields';

/** A name in a text that tells an account of the message: UTF-16 units from the start of the text. */
export interface Mention {
  /** `EVERYBODY`, or an account. */
  readonly accountId: string;
  readonly start: number;
  readonly end: number;
}

/** The account of a mention of all members. */
export const EVERYBODY = 'ait_all';

/** Most mentions that are read from a message. */
const MOST = 50;

/**
 * The mentions of a message in the format of Yunxin's kits: `{"yxAitMsg": {account: {text, segments: [{start, end,
 * broken}]}}}` in the server extension. A mention counts only where the text has its name: the kits count `end` in
 * different ways, and leave segments of an edited text behind.
 */
export function mentionsIn(text: string, serverExtension: unknown): Mention[] {
  if (typeof serverExtension !== 'string' || !serverExtension.includes('yxAitMsg')) return [];
  const mentions: Mention[] = [];
  for (const [accountId, value] of Object.entries(
    fieldsIn(extensionIn(serverExtension).yxAitMsg),
  )) {
    const { text: given, segments } = fieldsIn(value);
    const name = textIn(given).trimEnd();
    if (!name.startsWith('@') || !Array.isArray(segments)) continue;
    for (const segment of segments as unknown[]) {
      if (mentions.length >= MOST) return inOrder(mentions);
      const { start, broken } = fieldsIn(segment);
      if (typeof start !== 'number' || broken === true || !text.startsWith(name, start)) continue;
      mentions.push({ accountId, start, end: start + name.length });
    }
  }
  return inOrder(mentions);
}

/** Sorted, without those that overlap an earlier one. */
function inOrder(mentions: Mention[]): Mention[] {
  mentions.sort((a, b) => a.start - b.start);
  let done = 0;
  return mentions.filter(({ start, end }) => {
    if (start < done) return false;
    done = end;
    return true;
  });
}
