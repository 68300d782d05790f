import type { CommonEvent } from '@tarojs/components';
import { mediaSource, type MediaSource } from '@/components/media/media-source';
import { MessageActions } from '@/components/message/message-actions';
import { mediaUrls } from '@/sdk/media-urls';
import type { RootStore } from '@/stores';
import { roomRoutes } from '../routes';
import type { RoomRow } from '../stores/room-row';
import type { RoomStore } from '../stores/room-store';
import { chatroomTexts } from '../texts';

/** The actions in a room and on its messages. */
export class RoomActions extends MessageActions<RoomRow> {
  readonly mediaUrls = mediaUrls(() => this.room.creator);
  protected readonly table = [
    this.copyAction,
    this.saveAction,
    this.earpieceAction,
    this.selectAction,
    {
      text: () => this.roomT('room.mention'),
      isFor: ({ mine }: RoomRow) => !mine && this.room.composer.kind === 'open',
      run: ({ senderNick }: RoomRow) => this.inlet.edit((text) => `${text}@${senderNick} `),
    },
    {
      text: () => this.roomT('room.manage'),
      isFor: ({ mine }: RoomRow) => !mine && this.room.mayManage,
      run: ({ senderId }: RoomRow) => this.openPeople(senderId),
    },
    {
      text: () => this.roomT('room.discard'),
      isFor: ({ mine, status }: RoomRow) => mine && status === 'failed',
      run: (row: RoomRow) => this.room.feed.discard(row),
    },
  ];
  protected override readonly nameOf = ({ senderNick }: RoomRow): string => senderNick;
  protected override readonly resendText = () => this.t('common.ok');

  constructor(
    private readonly room: RoomStore,
    root: RootStore,
    navigate: (url: string) => void,
  ) {
    super(
      root,
      {
        row: (id) => room.feed.rows().find(({ messageClientId }) => messageClientId === id),
        rows: () => room.feed.rows(),
        resend: (row) => room.resend(row),
      },
      navigate,
    );
  }

  readonly openMember = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row) this.openPeople(row.senderId);
  };

  readonly openMembers = (): void => this.openPeople('');

  readonly openAbout = (): void => {
    this.navigate(roomRoutes.about(this.room.roomId));
  };

  private openPeople(accountId: string): void {
    this.navigate(roomRoutes.people(this.room.roomId, accountId));
  }

  protected override mediaSource(): MediaSource {
    const { feed } = this.room;
    return mediaSource({
      messages: feed
        .rows()
        .filter(({ recalled }) => !recalled)
        .map(({ message }) => message),
      hasOlder: feed.hasOlder,
      hasNewer: feed.hasNewer,
      urls: this.mediaUrls,
      page: (side, beside) => this.room.mediaPage(side, beside),
    });
  }

  private get roomT() {
    return chatroomTexts(this.root.settings.language);
  }
}
