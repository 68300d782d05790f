import type { CommonEvent } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { reasonText } from '@/components/reason-text';
import { translatorFor } from '@/i18n';
import { ConnectionError } from '@/connection';
import type { Chat, MessageRow, RootStore } from '@/stores';

/** Where a menu belongs: the bubble, in px of the window. */
export interface MenuAnchor {
  row: MessageRow;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * What can be done with a message. The handlers are the same functions for every row and find theirs by
 * `data-id`, so that no row carries closures of its own.
 */
export class ChatActions {
  /** Set by the parts of the page that carry them out. */
  onMenu: (anchor: MenuAnchor | null) => void = () => undefined;
  onReEdit: (text: string) => void = () => undefined;

  constructor(
    private readonly chat: Chat,
    private readonly root: RootStore,
  ) {}

  readonly openMenu = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (!row) return;
    Taro.createSelectorQuery()
      .select(`#b-${row.messageClientId}`)
      .boundingClientRect((found) => {
        const rect = Array.isArray(found) ? found[0] : found;
        if (rect) this.onMenu({ row, ...rect });
      })
      .exec();
  };

  readonly resend = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row?.status === 'failed') void this.askToResend(row);
  };

  readonly reEdit = (event: CommonEvent): void => {
    const text = this.rowOf(event)?.reEditText;
    if (text) this.onReEdit(text);
  };

  copy(row: MessageRow): void {
    void Taro.setClipboardData({ data: row.text });
    // WeChat shows a notice of its own.
    if (process.env.TARO_ENV !== 'weapp') {
      void Taro.showToast({ title: this.t('common.copied'), icon: 'none' });
    }
  }

  async recall(row: MessageRow): Promise<void> {
    await this.attempt(() => this.chat.recall(row));
  }

  async remove(row: MessageRow): Promise<void> {
    const { confirm } = await Taro.showModal({
      content: this.t('chat.deleteConfirm'),
      confirmText: this.t('common.delete'),
      cancelText: this.t('common.cancel'),
    });
    if (confirm) await this.attempt(() => this.chat.remove(row));
  }

  private get t() {
    return translatorFor(this.root.settings.language);
  }

  private async askToResend(row: MessageRow): Promise<void> {
    const { confirm } = await Taro.showModal({
      title: this.t('chat.resendTitle'),
      content: row.errorCode ? reasonText(row.errorCode, this.root.settings.language) : '',
      confirmText: this.t('chat.resend'),
      cancelText: this.t('common.cancel'),
    });
    if (confirm) this.chat.resend(row);
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      const { code } = ConnectionError.from(cause);
      void Taro.showToast({
        title: reasonText(code, this.root.settings.language),
        icon: 'none',
        duration: 2500,
      });
    }
  }

  private rowOf({ currentTarget }: CommonEvent): MessageRow | undefined {
    const { id } = currentTarget.dataset as { id?: string };
    return id === undefined ? undefined : this.chat.row(id);
  }
}
