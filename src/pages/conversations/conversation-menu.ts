import type { CommonEvent } from '@tarojs/components';
import { useMemo } from 'react';
import { attempt } from '@/components/page/attempt';
import { choose, confirm, toast } from '@/components/page/dialogs';
import { useStores } from '@/components/page/stores-context';
import { ignoreRelease } from '@/components/ui/held-press';
import type { PointMenuItem, PointMenuPort } from '@/components/ui/point-menu';
import { appTexts } from '@/i18n';
import type { AccountStores, ConversationRow, SettingsStore } from '@/stores';
import { muteChoices, timeOfDay } from './mute-choices';
import { pointOf, type RowTouches } from './row-touches';

/** What a row of the list offers: a menu after a long press, and actions after a swipe. */
export class ConversationMenu {
  constructor(
    private readonly account: AccountStores,
    private readonly settings: SettingsStore,
    private readonly port: PointMenuPort,
    readonly touches: RowTouches,
  ) {}

  /** Opens the menu at the finger. */
  readonly open = (event: CommonEvent): void => {
    const { id } = event.currentTarget.dataset as { id?: string };
    const row = id === undefined ? undefined : this.account.conversations.get(id);
    if (!row) return;
    ignoreRelease();
    this.touches.close();
    this.port.show({ at: pointOf(event, this.touches.point), items: this.items(row) });
  };

  /** The actions beside a swiped row. */
  swipeItems(row: ConversationRow): readonly PointMenuItem[] {
    const { read, hide, remove } = this.allItems(row);
    return [read, hide, remove];
  }

  /** Marks every conversation as read, after a question. */
  async readAll(): Promise<void> {
    const t = appTexts(this.settings.language);
    const isSure = await confirm({
      content: t('conversations.readAllConfirm'),
      confirmText: t('common.ok'),
      cancelText: t('common.cancel'),
    });
    if (isSure) this.account.acts.markAllRead();
  }

  private items(row: ConversationRow): readonly PointMenuItem[] {
    const { read, stick, mute, hide, remove } = this.allItems(row);
    return [read, stick, mute, hide, remove];
  }

  private allItems(row: ConversationRow) {
    const { acts, conversations } = this.account;
    const { conversationId, stickTop, muted } = row;
    const t = appTexts(this.settings.language);
    const item = (text: string, act: () => void | Promise<void>): PointMenuItem => ({
      text,
      run: () => void this.run(act),
    });
    return {
      read: acts.isUnread(row)
        ? item(t('conversations.markRead'), () => conversations.markRead(conversationId))
        : item(t('conversations.markUnread'), () => acts.markUnread(conversationId)),
      stick: item(t(stickTop ? 'conversations.unstick' : 'conversations.stick'), () =>
        acts.setStickTop(conversationId, !stickTop),
      ),
      mute: muted
        ? item(t('conversations.unmute'), () => acts.setMuted(conversationId, false))
        : item(t('conversations.mute'), () => this.mute(conversationId)),
      hide: item(t('conversations.hide'), () => this.remove(conversationId, false)),
      remove: item(t('conversations.delete'), () => this.remove(conversationId, true)),
    };
  }

  /** The end of a mute is kept on this device, so only a user who stays signed in is offered an end. */
  private async mute(conversationId: string): Promise<void> {
    const { acts } = this.account;
    const { language } = this.settings;
    const t = appTexts(language);
    const ends = [0, ...(acts.isKept() ? muteChoices(Date.now()) : [])];
    const names = t('conversations.muteEnds').split('|');
    const nameOf = (end: number) => names[ends.indexOf(end)] ?? '';
    const end = acts.isKept() ? await choose(ends, nameOf, language) : 0;
    if (end === undefined) return;
    await acts.setMuted(conversationId, true, end);
    if (end > 0) toast(t('conversations.mutedUntil', { time: timeOfDay(end) }));
  }

  private async remove(conversationId: string, clearHistory: boolean): Promise<void> {
    const t = appTexts(this.settings.language);
    const isSure = await confirm({
      content: t(clearHistory ? 'conversations.deleteConfirm' : 'conversations.hideConfirm'),
      confirmText: t(clearHistory ? 'common.delete' : 'common.ok'),
      cancelText: t('common.cancel'),
    });
    if (isSure) await this.account.messages.deleteConversation(conversationId, { clearHistory });
  }

  private async run(act: () => void | Promise<void>): Promise<void> {
    this.touches.close();
    await attempt(act, this.settings.language);
  }
}

/** The menu of the rows; always the same object for an account. */
export function useConversationMenu(
  account: AccountStores,
  port: PointMenuPort,
  touches: RowTouches,
): ConversationMenu {
  const { settings } = useStores();
  return useMemo(
    () => new ConversationMenu(account, settings, port, touches),
    [account, settings, port, touches],
  );
}
