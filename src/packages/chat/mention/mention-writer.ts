import type { Edited } from '@/components/composer/caret';
import type { ComposerInlet, FieldWatch } from '@/components/composer/composer-inlet';
import type { Chat } from '@/stores';
import { EVERYBODY } from '@/stores/messages/kinds/mentions';
import { mentionFields, type WrittenMention, WrittenMentions } from './written-mentions';

/** The mentions in the composer of a team's chat, and the message that they become. */
export class MentionWriter implements FieldWatch {
  /** Set by the page: asks for a member after a typed `@`. */
  onAt: () => void = () => undefined;
  private readonly written = new WrittenMentions();
  private text = '';

  /** @param draft the text of the draft, and its `extra` */
  constructor(
    private readonly inlet: ComposerInlet,
    draft: { readonly text: string; readonly extra: string },
  ) {
    this.text = draft.text;
    this.written.restore(draft.text, mentionsIn(draft.extra));
  }

  /** The mentions as JSON, for the draft; empty without a mention. */
  get extra(): string {
    const { all } = this.written;
    return all.length > 0 ? JSON.stringify(all) : '';
  }

  edit(edited: Edited): Edited {
    const { isAt, ...result } = this.written.edit(edited);
    this.text = result.text;
    if (isAt) this.onAt();
    return result;
  }

  /** Writes a mention at the caret, in place of an `@` before it. */
  insert(accountId: string, name: string): void {
    this.inlet.write((text, { start, end }) => {
      const at = text[start - 1] === '@' ? start - 1 : start;
      return this.written.insert(accountId, name, { start: at, end });
    });
  }

  /**
   * Keeps the mentions of a text that the field drops, until it is sent; `text` has no spaces around it. A replaced
   * text has no mentions.
   */
  prepare(text: string): (chat: Chat, checked: string) => void {
    const fields = this.text.trim() === text ? mentionFields(this.text, this.written.all) : null;
    return (chat, checked) => {
      if (fields && checked === text) this.sendFields(chat, fields);
      else chat.sendText(checked);
    };
  }

  private sendFields(chat: Chat, fields: NonNullable<ReturnType<typeof mentionFields>>): void {
    const { serverExtension, accountIds } = fields;
    const message = chat.creator.createTextMessage(fields.text);
    chat.send({
      ...message,
      serverExtension,
      pushConfig: {
        ...message.pushConfig,
        // The notification of a mention also reaches members who have muted the team. Without a list it reaches all.
        forcePush: true,
        ...(!accountIds.includes(EVERYBODY) && { forcePushAccountIds: [...accountIds] }),
      },
    });
  }
}

function mentionsIn(extra: string): WrittenMention[] {
  try {
    const value: unknown = JSON.parse(extra || '[]');
    return Array.isArray(value) ? value.filter(isMention) : [];
  } catch {
    return [];
  }
}

function isMention(value: unknown): value is WrittenMention {
  if (typeof value !== 'object' || value === null) return false;
  const { accountId, text, start } = value as Partial<Record<keyof WrittenMention, unknown>>;
  return typeof accountId === 'string' && typeof text === 'string' && typeof start === 'number';
}
