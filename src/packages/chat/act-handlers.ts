import type { CommonEvent } from '@tarojs/components';
import type { ComposerInlet } from '@/components/composer/composer-inlet';
import { separatorTime } from '@/components/format/time';
import { inform, toast } from '@/components/page/dialogs';
import { askToReport } from '@/components/report/ask-to-report';
import { reportTexts } from '@/components/report/texts';
import { today } from '@/components/page/today';
import { appTexts } from '@/i18n';
import { systemClock } from '@/platform';
import {
  type AccountStores,
  type Chat,
  contentOf,
  isLineKind,
  type MessageRow,
  type RootStore,
} from '@/stores';
import { actsOf, type MessageActs } from '@/stores/chat/acts';
import { earlierTexts } from '@/stores/chat/edits';
import { collect } from '@/stores/chat/favourites';
import { Editing } from './editing';
import { reactionEmoji } from './reaction-emoji';
import { askToRemind } from './reminders/ask-to-remind';
import { chatTexts } from './texts';

interface ActPage {
  readonly root: RootStore;
  readonly account: AccountStores;
  readonly chat: Chat;
  readonly inlet: ComposerInlet;
  /** An edit begins, which ends a reply. */
  readonly onEdit: () => void;
  /** Runs a request, and says the reason when the server refuses it. */
  readonly attempt: (request: () => Promise<unknown>) => void;
}

/** The handlers of the acts on sent messages: edit, reactions and marks. */
export class ActHandlers {
  readonly acts: MessageActs;
  readonly editing: Editing;

  constructor(private readonly page: ActPage) {
    this.acts = actsOf(page.account, systemClock);
    this.editing = new Editing(page.chat, this.acts.edits, page.inlet);
  }

  /** Adds a reaction, or takes it back; `data-rx` is its index. */
  readonly react = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row) this.toggleReaction(row, indexOf(event));
  };

  /** @param index number of the reaction, from 1 */
  toggleReaction(row: MessageRow, index: number): void {
    if (isOnServer(row) && index > 0)
      this.page.attempt(() => this.acts.reactions.toggle(row.message, index));
  }

  /** Names the accounts that reacted in the same way. */
  readonly showReacted = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    const index = indexOf(event);
    const given = row && this.acts.reactions.of(row.messageClientId);
    const reaction = given?.find((one) => one.index === index);
    if (!reaction) return;
    const { account, chat } = this.page;
    const names = reaction.accounts.map((one) =>
      one === account.accountId ? this.t('me') : account.nameIn(chat.conversationId, one),
    );
    void inform(reactionEmoji(index), names.join('\n'), this.appT('common.ok'));
  };

  /** The label of an edited text. */
  readonly edited = {
    label: (): string => this.t('edited'),
    onTap: (event: CommonEvent): void => {
      event.stopPropagation();
      const row = this.rowOf(event);
      if (row) void this.showEarlier(row);
    },
  };

  /** Whether the row is an own text on the server, and the composer is there to edit it. */
  canEdit(row: MessageRow): boolean {
    const { account, chat } = this.page;
    const isOpen = !account.closedOf(chat.conversationId);
    return isOpen && row.mine && row.kind === 'text' && isOnServer(row);
  }

  edit(row: MessageRow): void {
    this.page.onEdit();
    this.editing.begin(row);
  }

  isPinned({ conversationId, messageClientId }: MessageRow): boolean {
    return this.acts.pins.of(conversationId).of(messageClientId) !== null;
  }

  pin({ message }: MessageRow): void {
    this.page.attempt(() => this.acts.pins.pin(message));
  }

  unpin({ message }: MessageRow): void {
    this.page.attempt(() => this.acts.pins.unpin(message));
  }

  /** Adds a message to the collection of the account. */
  collect({ message }: MessageRow): void {
    const { account } = this.page;
    const name = account.nameIn(message.conversationId, message.senderId);
    this.page.attempt(async () => {
      await collect(account.connection, systemClock, message, name);
      toast(this.t('favourites.added'));
    });
  }

  remind(row: MessageRow): void {
    void askToRemind(this.page.root, this.page.account, row);
  }

  /** The own app server takes reports, and the row is a message of somebody else. */
  canReport(row: MessageRow): boolean {
    const { reportEnabled } = this.page.root.remoteConfig;
    return reportEnabled && !row.mine && isOnServer(row) && !isLineKind(row.kind);
  }

  report({ message, senderId }: MessageRow): void {
    const { conversationId, messageClientId, messageServerId, createTime, messageType } = message;
    void askToReport(this.page.root, {
      accountId: senderId,
      message: {
        conversationId,
        messageClientId,
        messageServerId,
        createTime,
        messageType,
        text: message.text ?? '',
      },
    });
  }

  hasVoiceText({ messageClientId }: MessageRow): boolean {
    return this.acts.voiceTexts.of(messageClientId)?.state === 'done';
  }

  /** Turns a voice message into text. */
  convert(row: MessageRow): void {
    const { duration = 0 } = contentOf(row, 'audio') ?? {};
    void this.acts.voiceTexts.convert(row.messageClientId, { url: voiceUrlOf(row), duration });
  }

  /** Saves the composer's text when a message is edited. Returns whether there is an edit. */
  save(text: string): boolean {
    if (!this.editing.row) return false;
    this.page.attempt(() => this.editing.save(text));
    return true;
  }

  get reportText(): string {
    return reportTexts(this.page.root.settings.language)('report');
  }

  get t() {
    return chatTexts(this.page.root.settings.language);
  }

  private get appT() {
    return appTexts(this.page.root.settings.language);
  }

  private rowOf({ currentTarget }: CommonEvent): MessageRow | undefined {
    const { id } = currentTarget.dataset as { id?: string };
    return id === undefined ? undefined : this.page.chat.row(id);
  }

  private async showEarlier({ message }: MessageRow): Promise<void> {
    const lines = earlierTexts(message.serverExtension).map(
      ({ text, time }) => `${separatorTime(time, today.now(), this.appT)}\n${text}`,
    );
    await inform(
      this.t('edit.earlier'),
      lines.join('\n\n') || this.t('edit.noEarlier'),
      this.appT('common.ok'),
    );
  }
}

/** The rows of the menu. `handlers` is called after the page's actions are made. */
export function actRows(handlers: () => ActHandlers) {
  return [
    {
      text: () => handlers().t('edit'),
      isFor: (row: MessageRow) => handlers().canEdit(row),
      run: (row: MessageRow) => handlers().edit(row),
    },
    {
      text: () => handlers().t('favourite'),
      isFor: (row: MessageRow) =>
        process.env.PRODUCT_FAVOURITES !== 'off' && isOnServer(row) && !isLineKind(row.kind),
      run: (row: MessageRow) => handlers().collect(row),
    },
    {
      text: () => handlers().t('remind'),
      isFor: (row: MessageRow) =>
        process.env.PRODUCT_REMINDERS !== 'off' && isOnServer(row) && !isLineKind(row.kind),
      run: (row: MessageRow) => handlers().remind(row),
    },
    {
      text: () => handlers().t('voiceText'),
      isFor: (row: MessageRow) => Boolean(voiceUrlOf(row)) && !handlers().hasVoiceText(row),
      run: (row: MessageRow) => handlers().convert(row),
    },
    {
      text: () => handlers().t('voiceText.hide'),
      isFor: (row: MessageRow) => handlers().hasVoiceText(row),
      run: (row: MessageRow) => handlers().acts.voiceTexts.hide(row.messageClientId),
    },
    {
      text: () => handlers().t('pin'),
      isFor: (row: MessageRow) => isOnServer(row) && !handlers().isPinned(row),
      run: (row: MessageRow) => handlers().pin(row),
    },
    {
      text: () => handlers().t('unpin'),
      isFor: (row: MessageRow) => isOnServer(row) && handlers().isPinned(row),
      run: (row: MessageRow) => handlers().unpin(row),
    },
  ];
}

/** The address of a voice message on the server; empty for other messages. */
function voiceUrlOf(row: MessageRow): string {
  return (isOnServer(row) && contentOf(row, 'audio')?.url) || '';
}

/** The server has the message, and nobody has recalled it. */
export function isOnServer({ status, recalled, message }: MessageRow): boolean {
  return status === 'sent' && !recalled && Boolean(message.messageServerId);
}

function indexOf({ currentTarget }: CommonEvent): number {
  return Number((currentTarget.dataset as { rx?: number | string }).rx);
}
