import { ConnectionError } from '@/connection';
import { confirm, toast } from '@/components/page/dialogs';
import { appTexts } from '@/i18n';
import { Code } from '@/sdk/codes';
import {
  type AccountStores,
  type Chat,
  isLineKind,
  type MessageRow,
  type RootStore,
} from '@/stores';
import { chatTexts } from './texts';

interface RecallPage {
  readonly root: RootStore;
  readonly account: AccountStores;
  readonly chat: Chat;
  readonly attempt: (request: () => Promise<unknown>) => Promise<void>;
}

/** Units of a time limit, the longest first, ms. */
const UNITS = [
  ['days', 24 * 60 * 60_000],
  ['hours', 60 * 60_000],
  ['minutes', 60_000],
  ['seconds', 1000],
] as const;

/** Recalls own messages, and as owner or manager of a team those of others, within the limit of the product. */
export class Recalling {
  constructor(private readonly page: RecallPage) {}

  isFor({ mine, status, kind, message, createTime, conversationId }: MessageRow): boolean {
    const { account, root } = this.page;
    if (status !== 'sent' || !message.messageServerId) return false;
    if (account.messages.serverNow - createTime > root.remoteConfig.recallLimitMs) return false;
    return mine || (!isLineKind(kind) && account.manages(conversationId));
  }

  async run(row: MessageRow): Promise<void> {
    const { chat, attempt } = this.page;
    if (!row.mine && !(await this.isSure(row))) return;
    await attempt(async () => {
      try {
        await chat.recall(row);
      } catch (cause) {
        if (ConnectionError.from(cause).code !== Code.revokeExceedTimeLimit) throw cause;
        toast(this.tooLate());
      }
    });
  }

  private isSure({ conversationId, senderId }: MessageRow): Promise<boolean> {
    const { account, root } = this.page;
    const t = appTexts(root.settings.language);
    const name = account.nameIn(conversationId, senderId);
    return confirm({
      content: this.t('recall.confirm', { name }),
      confirmText: t('chat.recall'),
      cancelText: t('common.cancel'),
    });
  }

  private tooLate(): string {
    const limit = this.page.root.remoteConfig.recallLimitMs;
    const unit = UNITS.find(([, ms]) => limit % ms === 0) ?? UNITS[UNITS.length - 1];
    if (!unit) return '';
    return this.t(`recall.late.${unit[0]}`, { count: Math.round(limit / unit[1]) });
  }

  private get t() {
    return chatTexts(this.page.root.settings.language);
  }
}
