import type { Edited } from '@/components/composer/caret';

/** A name in the text of the composer that will tell an account of the message. */
export interface WrittenMention {
  readonly accountId: string;
  /** `@name` and a space, as Yunxin's kits write it. */
  readonly text: string;
  /** UTF-16 units from the start of the text. */
  readonly start: number;
}

/** Letters before an `@` that belongs to a mail address. */
const MAIL = /[\w.+-]$/;

/**
 * The mentions in the text of a composer. They move with the text around them, and an edit inside a mention deletes
 * the rest of the mention.
 */
export class WrittenMentions {
  private text = '';
  private mentions: readonly WrittenMention[] = [];

  /** The mentions in the order of the text. */
  get all(): readonly WrittenMention[] {
    return this.mentions;
  }

  /** Takes over a text with its mentions, for example a draft. A mention that is not in the text is dropped. */
  restore(text: string, mentions: readonly WrittenMention[]): void {
    this.text = text;
    this.mentions = mentions.filter((one) => text.startsWith(one.text, one.start));
  }

  /**
   * Takes over an edit. Returns the text and the caret after the edit, without the rest of each mention that the edit
   * has touched; `isAt`: the edit ended with an `@`, after which a member is to be chosen.
   */
  edit({ text, caret }: Edited): Edited & { readonly isAt: boolean } {
    if (text === this.text) return { text, caret, isAt: false };
    const change = changeOf(this.text, text, caret);
    const { from, after } = change;
    // WeChat may report several letters at once.
    const isAt = text.slice(from, after).endsWith('@') && !MAIL.test(text.slice(0, after - 1));
    return { ...this.take(text, change, caret), isAt };
  }

  /** Writes a mention in place of the text from `start` to `end`. Returns the text and the caret after the mention. */
  insert(accountId: string, name: string, { start, end }: { start: number; end: number }): Edited {
    const text = `@${name} `;
    const after = start + text.length;
    const edited = this.take(
      this.text.slice(0, start) + text + this.text.slice(end),
      { from: start, before: end, after },
      after,
    );
    const at = edited.caret - text.length;
    this.mentions = [...this.mentions, { accountId, text, start: at }].sort(
      (a, b) => a.start - b.start,
    );
    return edited;
  }

  private take(text: string, { from, before, after }: Change, caret: number): Edited {
    const shift = after - before;
    const kept: WrittenMention[] = [];
    // The pieces of touched mentions that are still in the new text.
    const rests: { start: number; end: number }[] = [];
    for (const one of this.mentions) {
      const end = one.start + one.text.length;
      if (end <= from) kept.push(one);
      else if (one.start >= before) kept.push({ ...one, start: one.start + shift });
      else {
        rests.push({ start: one.start, end: Math.max(from, one.start) });
        rests.push({ start: after, end: Math.max(after, end + shift) });
      }
    }
    this.text = text;
    this.mentions = kept;
    let newCaret = caret;
    for (const { start, end } of rests.sort((a, b) => b.start - a.start)) {
      if (end <= start) continue;
      if (newCaret > start) newCaret -= Math.min(newCaret, end) - start;
      this.cut(start, end);
    }
    return { text: this.text, caret: newCaret };
  }

  private cut(start: number, end: number): void {
    this.text = this.text.slice(0, start) + this.text.slice(end);
    this.mentions = this.mentions.map((one) =>
      one.start >= end ? { ...one, start: one.start - (end - start) } : one,
    );
  }
}

/** `from` to `before` of the old text became `from` to `after` of the new text. */
interface Change {
  readonly from: number;
  readonly before: number;
  readonly after: number;
}

function changeOf(old: string, text: string, caret: number): Change {
  // The caret tells which of two equal letters is new: it lies behind the change.
  const tail = text.slice(caret);
  const after = old.endsWith(tail) ? caret : text.length - commonEnd(old, text);
  const before = old.length - (text.length - after);
  let from = 0;
  const most = Math.min(before, after);
  while (from < most && old[from] === text[from]) from++;
  return { from, before, after };
}

function commonEnd(old: string, text: string): number {
  const most = Math.min(old.length, text.length);
  let count = 0;
  while (count < most && old[old.length - 1 - count] === text[text.length - 1 - count]) count++;
  return count;
}

/** What a message with mentions carries beside its text. */
export interface MentionFields {
  readonly text: string;
  /** JSON of the extension with `yxAitMsg`. */
  readonly serverExtension: string;
  readonly accountIds: readonly string[];
}

/**
 * The text and extension of a message, as Yunxin's kits write them: `{"yxAitMsg": {account: {text: "@name ", segments:
 * [{start, end, broken: false}]}}}`, where `end` is the place of the last character. Null without a mention. The space
 * behind a mention at the end stays, because the kits look for the name with it.
 */
export function mentionFields(
  text: string,
  mentions: readonly WrittenMention[],
): MentionFields | null {
  if (mentions.length === 0) return null;
  const lead = text.length - text.trimStart().length;
  const last = mentions[mentions.length - 1];
  const lastEnd = last ? last.start + last.text.length : 0;
  const yxAitMsg: Record<string, { text: string; segments: object[] }> = {};
  for (const { accountId, text: name, start } of mentions) {
    const at = start - lead;
    const mention = (yxAitMsg[accountId] ??= { text: name, segments: [] });
    mention.segments.push({ start: at, end: at + name.length - 1, broken: false });
  }
  return {
    text: text.slice(lead, Math.max(lastEnd, text.trimEnd().length)),
    serverExtension: JSON.stringify({ yxAitMsg }),
    accountIds: Object.keys(yxAitMsg),
  };
}
