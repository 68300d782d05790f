import type { CommonEvent } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { BubbleMenuPort, type MenuItem } from '@/components/bubble-menu';
import { ComposerInlet } from '@/components/composer/composer';
import { reasonText } from '@/components/reason-text';
import { ConnectionError } from '@/connection';
import { translatorFor } from '@/i18n';
import type { RootStore } from '@/stores';
import { roomRoutes } from '../routes';
import type { RoomRow } from '../stores/room-row';
import type { RoomStore } from '../stores/room-store';
import { chatroomTexts } from '../texts';

/**
 * What can be done in the room and with its messages. The handlers are the same functions for every row and
 * find theirs by `data-id`, so that no row carries closures of its own.
 */
export class RoomActions {
  readonly menu = new BubbleMenuPort<RoomRow>();
  readonly inlet = new ComposerInlet();

  constructor(
    private readonly room: RoomStore,
    private readonly root: RootStore,
  ) {}

  readonly openMenu = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row) this.menu.open(row);
  };

  readonly openMember = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row) this.openPeople(row.senderId);
  };

  readonly preview = (event: CommonEvent): void => {
    const current = this.rowOf(event)?.image?.url;
    if (!current) return;
    const urls = this.room.talk.rows().flatMap(({ image }) => (image?.url ? [image.url] : []));
    void Taro.previewImage({ current, urls });
  };

  readonly resend = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row?.status === 'failed') void this.askToResend(row);
  };

  readonly itemsFor = (row: RoomRow): MenuItem[] => {
    const { t, say } = this;
    return [
      ...(row.kind === 'text' ? [{ text: t('chat.copy'), run: () => this.copy(row.text) }] : []),
      ...(!row.mine && this.room.composer.kind === 'open'
        ? [{ text: say('room.mention'), run: () => this.mention(row) }]
        : []),
      ...(!row.mine && this.room.mayManage
        ? [{ text: say('room.manage'), run: () => this.openPeople(row.senderId) }]
        : []),
      ...(row.mine && row.status === 'failed'
        ? [{ text: say('room.discard'), run: () => this.room.talk.discard(row) }]
        : []),
    ];
  };

  readonly openMembers = (): void => this.openPeople('');

  readonly openAbout = (): void => {
    void Taro.navigateTo({ url: roomRoutes.about(this.room.roomId) });
  };

  copy(text: string, notice?: string): void {
    void Taro.setClipboardData({ data: text });
    // WeChat shows a notice of its own.
    if (process.env.TARO_ENV !== 'weapp') this.toast(notice ?? this.t('common.copied'));
  }

  /** Does something the server may refuse, and says so when it does. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      this.toast(reasonText(ConnectionError.from(cause).code, this.root.settings.language));
    }
  }

  private mention({ senderNick }: RoomRow): void {
    this.inlet.edit((text) => `${text}@${senderNick} `);
  }

  private openPeople(accountId: string): void {
    void Taro.navigateTo({ url: roomRoutes.people(this.room.roomId, accountId) });
  }

  private async askToResend(row: RoomRow): Promise<void> {
    const { confirm } = await Taro.showModal({
      title: this.t('chat.resendTitle'),
      content: row.errorCode ? reasonText(row.errorCode, this.root.settings.language) : '',
      confirmText: this.t('common.ok'),
      cancelText: this.t('common.cancel'),
    });
    if (confirm) this.room.resend(row);
  }

  private toast(title: string): void {
    void Taro.showToast({ title, icon: 'none', duration: 2500 });
  }

  private get t() {
    return translatorFor(this.root.settings.language);
  }

  private get say() {
    return chatroomTexts(this.root.settings.language);
  }

  private rowOf({ currentTarget }: CommonEvent): RoomRow | undefined {
    const { id } = currentTarget.dataset as { id?: string };
    return this.room.talk.rows().find(({ messageClientId }) => messageClientId === id);
  }
}
