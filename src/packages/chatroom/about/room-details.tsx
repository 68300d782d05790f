import { View } from '@tarojs/components';
import { Cell } from '@/components/cell';
import { classes } from '@/components/classes';
import { copyText } from '@/components/dialogs';
import { useNavigate } from '@/components/navigate';
import { observer } from '@/components/observer';
import { useStores } from '@/components/stores-context';
import type { RoomEdit, RoomStore } from '../index';
import type { Form } from '../people/form-sheet';
import { roomRoutes } from '../routes';
import { useSay } from '../people/use-say';
import { editForm, muteTagForm } from './room-forms';

interface PartProps {
  room: RoomStore;
  onForm: (form: Form) => void;
}

/** What the room says of itself; its managers change it. */
export const RoomDetails = observer(function RoomDetails({ room, onForm }: PartProps) {
  const say = useSay();
  const { settings } = useStores();
  const { info, mayManage } = room;
  if (!info) return null;
  const edit = (what: keyof RoomEdit) => () => onForm(editForm(what, info, room, say));
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
        <Cell title={say('about.name')} value={info.roomName} {...editing('roomName')} />
        <Cell title={say('about.id')} value={room.roomId} />
        <Words
          title={say('about.announcement')}
          text={info.announcement}
          none={say('about.noAnnouncement')}
          {...editing('announcement')}
        />
        {(mayManage || liveUrl) && (
          <Words
            title={say('about.live')}
            text={liveUrl}
            none={say('about.none')}
            {...(live ? { onClick: live } : {})}
          />
        )}
        {(mayManage || info.serverExtension) && (
          <Words
            title={say('about.extension')}
            text={info.serverExtension}
            none={say('about.none')}
            {...editing('serverExtension')}
          />
        )}
      </View>
      <View className="about-group">
        <People room={room} />
        {mayManage && (
          <Cell
            title={say('about.muteTag')}
            value=""
            onClick={() => onForm(muteTagForm(room, say))}
          />
        )}
        <Cell
          title={say('about.roomMuted')}
          value={say(info.chatBanned ? 'about.on' : 'about.off')}
        />
      </View>
      <View className="about-note">{say('about.roomMutedNote')}</View>
    </>
  );
});

/** Alone, because the number moves whenever somebody comes or goes. */
const People = observer(function People({ room }: { room: RoomStore }) {
  const say = useSay();
  const navigate = useNavigate();
  return (
    <Cell
      title={say('about.people')}
      value={say('about.count', { count: room.onlineCount })}
      onClick={() => navigate(roomRoutes.people(room.roomId))}
    />
  );
});

interface WordsProps {
  title: string;
  text: string;
  /** Said when there is no text. */
  none: string;
  onClick?: () => void;
}

/** A line of a settings list with room for many words. */
export function Words({ title, text, none, onClick }: WordsProps) {
  return (
    <View
      className={classes('words', onClick && 'words-link')}
      hoverClass={onClick ? 'pressed' : 'none'}
      onClick={onClick}
      {...(onClick ? { ariaRole: 'button' } : {})}
    >
      <View className="words-title">{title}</View>
      <View className="words-text">{text || none}</View>
    </View>
  );
}
