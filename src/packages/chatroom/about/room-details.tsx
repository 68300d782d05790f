import { View } from '@tarojs/components';
import { Cell } from '@/components/ui/cell';
import { classes } from '@/components/ui/classes';
import { copyText } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import type { RoomEdit, RoomStore } from '../index';
import type { Form } from '../people/form-sheet';
import { roomRoutes } from '../routes';
import { editForm, muteTagForm } from './room-forms';
import { peopleTexts } from '../people/texts';

interface PartProps {
  room: RoomStore;
  onForm: (form: Form) => void;
}

/** The details of the room; its managers can change them. */
export const RoomDetails = observer(function RoomDetails({ room, onForm }: PartProps) {
  const t = useTexts(peopleTexts);
  const { settings } = useStores();
  const { info, mayManage } = room;
  if (!info) return null;
  const edit = (what: keyof RoomEdit) => () => onForm(editForm(what, info, room, t));
  const editing = (what: keyof RoomEdit) => (mayManage ? { onClick: edit(what) } : {});
  const { liveUrl } = info;
  const live = mayManage
    ? edit('liveUrl')
    : liveUrl
      ? () => void copyText(liveUrl, settings.language)
      : undefined;
  return (
    <>
      <View className="about-group">
        <Cell title={t('about.name')} value={info.roomName} {...editing('roomName')} />
        <Cell title={t('about.id')} value={room.roomId} />
        <TextCell
          title={t('about.announcement')}
          text={info.announcement}
          none={t('about.noAnnouncement')}
          {...editing('announcement')}
        />
        {(mayManage || liveUrl) && (
          <TextCell
            title={t('about.live')}
            text={liveUrl}
            none={t('about.none')}
            {...(live ? { onClick: live } : {})}
          />
        )}
        {(mayManage || info.serverExtension) && (
          <TextCell
            title={t('about.extension')}
            text={info.serverExtension}
            none={t('about.none')}
            {...editing('serverExtension')}
          />
        )}
      </View>
      <View className="about-group">
        <People room={room} />
        {mayManage && (
          <Cell title={t('about.muteTag')} value="" onClick={() => onForm(muteTagForm(room, t))} />
        )}
        <Cell title={t('about.roomMuted')} value={t(info.chatBanned ? 'about.on' : 'about.off')} />
      </View>
      <View className="about-note">{t('about.roomMutedNote')}</View>
    </>
  );
});

/** A component of its own, because the number changes whenever somebody enters or leaves. */
const People = observer(function People({ room }: { room: RoomStore }) {
  const t = useTexts(peopleTexts);
  const navigate = useNavigate();
  return (
    <Cell
      title={t('about.people')}
      value={t('about.count', { count: room.onlineCount })}
      onClick={() => navigate(roomRoutes.people(room.roomId))}
    />
  );
});

interface TextCellProps {
  title: string;
  text: string;
  /** Shown when there is no text. */
  none: string;
  onClick?: () => void;
}

/** A line of a settings list with space for a long text. */
function TextCell({ title, text, none, onClick }: TextCellProps) {
  return (
    <View
      className={classes('words', onClick && 'words-link')}
      hoverClass={onClick ? 'pressed' : 'none'}
      onClick={onClick}
      ariaRole={onClick && 'button'}
    >
      <View className="words-title">{title}</View>
      <View className="words-text">{text || none}</View>
    </View>
  );
}
