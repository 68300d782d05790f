import { runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import type { RemovedMessages } from '../messages/removed-messages';
import { extensionIn, fieldsIn, numberIn, textIn } from '../messages/kinds/fields';
import { mentionsIn } from '../messages/kinds/mentions';
import { isLinkLost } from '../messages/link-lost';
import { fitsExtension } from './extension-limit';

/** The field of the server extension that has the earlier versions, the oldest first. */
const FIELD = 'xEdits';
/** Most earlier versions that are kept. */
const VERSIONS = 10;
const MAX_TIME = 8.64e15;
const SUCCESS = 200;
/** V2NIMQueryDirection */
const NEWEST_FIRST = 0;
/** More messages than a conversation gets in a millisecond. */
const SAME_TIME = 10;

/** An earlier text of a message. */
export interface EarlierText {
  readonly text: string;
  /** Server time from which the message had this text, milliseconds. */
  readonly time: number;
}

/** The earlier texts of a message, the oldest first. */
export function earlierTexts(serverExtension: unknown): EarlierText[] {
  const list = extensionIn(serverExtension)[FIELD];
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).slice(-VERSIONS).flatMap((one) => {
    const { t, at } = fieldsIn(one);
    return textIn(t) ? [{ text: textIn(t), time: numberIn(at, MAX_TIME) }] : [];
  });
}

/**
 * The extension of an edited message: the extension it had, with its text among the earlier versions. Versions that
 * do not fit are dropped, the oldest first, and the only version is cut; other fields stay.
 */
function editedExtension(message: V2NIMMessage, text: string): string {
  const { [FIELD]: _, yxAitMsg, ...others } = extensionIn(message.serverExtension);
  const fields = yxAitMsg ? { ...others, yxAitMsg: mentionsAfter(message, text) } : others;
  const time = message.modifyTime || message.createTime;
  const versions = [
    ...earlierTexts(message.serverExtension),
    { text: textIn(message.text), time },
  ].slice(-VERSIONS);
  for (;;) {
    const [only, ...more] = versions;
    const json = JSON.stringify(
      only ? { ...fields, [FIELD]: versions.map(({ text: t, time: at }) => ({ t, at })) } : fields,
    );
    if (!only || fitsExtension(json)) return json;
    const half = [...only.text].slice(0, Math.floor([...only.text].length / 2)).join('');
    if (more.length > 0 || !half) versions.shift();
    else versions[0] = { ...only, text: `${half}…` === only.text ? '' : `${half}…` };
  }
}

/** Changes texts that the server has. */
export class Edits {
  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
    private readonly removed: RemovedMessages<V2NIMMessage>,
    /** Shows the edited message in the list. */
    private readonly onEdited: (edited: V2NIMMessage) => void = () => undefined,
  ) {}

  /**
   * Changes the text of an own message. `show` gets the server's copy: the SDK reports an edit to other clients only.
   * @throws ConnectionError
   */
  async save(
    message: V2NIMMessage,
    text: string,
    show: (edited: V2NIMMessage) => void,
  ): Promise<void> {
    const serverExtension = editedExtension(message, text);
    const edited = await this.modify(message, { text, serverExtension });
    this.removed.addChanged(edited);
    this.onEdited(edited);
    runInAction(() => show(edited));
  }

  private async modify(
    message: V2NIMMessage,
    fields: { text: string; serverExtension: string },
  ): Promise<V2NIMMessage> {
    try {
      const { errorCode, message: edited } = await answered(this.clock, () =>
        this.connection.services.message.modifyMessage(message, fields),
      );
      if (errorCode === SUCCESS && edited) return edited;
      throw new ConnectionError(errorCode);
    } catch (cause) {
      const error = ConnectionError.from(cause);
      // The server may have made the change. After a lost link the next sync brings the message as well.
      const edited = isLinkLost(error.code) ? await this.serverCopyOf(message) : undefined;
      if (edited?.text === fields.text) return edited;
      throw error;
    }
  }

  /** The message as the server has it, which may have made a change that it did not confirm in time. */
  private async serverCopyOf(message: V2NIMMessage): Promise<V2NIMMessage | undefined> {
    const { conversationId, messageClientId, createTime } = message;
    try {
      const page = await answered(this.clock, () =>
        this.connection.services.message.getMessageList({
          conversationId,
          direction: NEWEST_FIRST,
          limit: SAME_TIME,
          endTime: createTime + 1,
        }),
      );
      return page.find((one) => one.messageClientId === messageClientId);
    } catch {
      return undefined;
    }
  }
}

/** The mentions whose names are in the new text, at their new places. */
function mentionsAfter({ text: before, serverExtension }: V2NIMMessage, text: string) {
  const old = textIn(before);
  const found: Record<string, { text: string; segments: object[] }> = {};
  let from = 0;
  for (const { accountId, start, end } of mentionsIn(old, serverExtension)) {
    const name = old.slice(start, end);
    const at = text.indexOf(name, from);
    if (at < 0) continue;
    from = at + name.length;
    const mention = (found[accountId] ??= { text: `${name} `, segments: [] });
    mention.segments.push({ start: at, end: from, broken: false });
  }
  return found;
}
