import type { CommonEvent } from '@tarojs/components';
import { BubbleMenuPort, type MenuItem } from '@/components/bubble-menu';
import { ComposerInlet } from '@/components/composer/composer';
import { confirm, copyText, toast } from '@/components/dialogs';
import { reasonText } from '@/components/reason-text';
import { translatorFor } from '@/i18n';
import { ConnectionError } from '@/connection';
import type { Chat, MessageRow, RootStore } from '@/stores';

/**
 * What can be done with a message. The handlers are the same functions for every row and find theirs by
 * `data-id`, so that no row carries closures of its own.
 */
export class ChatActions {
  readonly menu = new BubbleMenuPort<MessageRow>();
  readonly inlet = new ComposerInlet();

  constructor(
    private readonly chat: Chat,
    private readonly root: RootStore,
  ) {}

  readonly openMenu = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row) this.menu.open(row);
  };

  readonly resend = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row?.status === 'failed') void this.askToResend(row);
  };

  readonly reEdit = (event: CommonEvent): void => {
    const text = this.rowOf(event)?.reEditText;
    if (text) this.inlet.edit(() => text);
  };

  readonly itemsFor = (row: MessageRow): MenuItem[] => [
    ...(row.kind === 'text' && !row.recalled
      ? [
          {
            text: this.t('chat.copy'),
            run: () => void copyText(row.text, this.root.settings.language),
          },
        ]
      : []),
    ...(row.mine && row.status === 'sent' && !row.recalled
      ? [{ text: this.t('chat.recall'), run: () => void this.recall(row) }]
      : []),
    { text: this.t('chat.delete'), run: () => void this.remove(row) },
  ];

  private async recall(row: MessageRow): Promise<void> {
    await this.attempt(() => this.chat.recall(row));
  }

  private async remove(row: MessageRow): Promise<void> {
    const isSure = await confirm({
      content: this.t('chat.deleteConfirm'),
      confirmText: this.t('common.delete'),
      cancelText: this.t('common.cancel'),
    });
    if (isSure) await this.attempt(() => this.chat.remove(row));
  }

  private get t() {
    return translatorFor(this.root.settings.language);
  }

  private async askToResend(row: MessageRow): Promise<void> {
    const isSure = await confirm({
      title: this.t('chat.resendTitle'),
      content: row.errorCode ? reasonText(row.errorCode, this.root.settings.language) : '',
      confirmText: this.t('chat.resend'),
      cancelText: this.t('common.cancel'),
    });
    if (isSure) this.chat.resend(row);
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      const { code } = ConnectionError.from(cause);
      toast(reasonText(code, this.root.settings.language));
    }
  }

  private rowOf({ currentTarget }: CommonEvent): MessageRow | undefined {
    const { id } = currentTarget.dataset as { id?: string };
    return id === undefined ? undefined : this.chat.row(id);
  }
}
