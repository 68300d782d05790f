import type { CommonEvent } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { BubbleMenuPort, type MenuItem } from '@/components/bubble-menu';
import { ComposerInlet } from '@/components/composer/composer';
import { confirm, copyText, tellFailure, toast } from '@/components/dialogs';
import { reasonText } from '@/components/reason-text';
import { wxCall } from '@/components/wx-call';
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
    private readonly navigate: (url: string) => void,
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
    void this.show(current, urls);
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
    this.navigate(roomRoutes.about(this.room.roomId));
  };

  copy(text: string, notice?: string): void {
    void copyText(text, this.root.settings.language, notice);
  }

  /** Does something the server may refuse, and says so when it does. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      toast(reasonText(ConnectionError.from(cause).code, this.root.settings.language));
    }
  }

  private mention({ senderNick }: RoomRow): void {
    this.inlet.edit((text) => `${text}@${senderNick} `);
  }

  private openPeople(accountId: string): void {
    this.navigate(roomRoutes.people(this.room.roomId, accountId));
  }

  private async askToResend(row: RoomRow): Promise<void> {
    const isSure = await confirm({
      title: this.t('chat.resendTitle'),
      content: row.errorCode ? reasonText(row.errorCode, this.root.settings.language) : '',
      confirmText: this.t('common.ok'),
      cancelText: this.t('common.cancel'),
    });
    if (isSure) this.room.resend(row);
  }

  private async show(current: string, urls: string[]): Promise<void> {
    const shown = await wxCall(() => Taro.previewImage({ current, urls }));
    if (!shown.ok) tellFailure(shown.failure, this.root.settings.language);
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
