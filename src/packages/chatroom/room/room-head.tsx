import { View } from '@tarojs/components';
import { useState } from 'react';
import { classes } from '@/components/ui/classes';
import { observer } from '@/components/page/observer';
import { Slot } from '@/components/ui/slot';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { shortCount } from '../short-count';
import type { RoomStore } from '../stores/room-store';
import type { RoomActions } from './room-actions';
import { SeatRow } from './seat-row';
import { chatroomTexts } from '../texts';

interface RoomHeadProps {
  room: RoomStore;
  actions: RoomActions;
}

/** The bars above the messages: seats, members, announcement. */
export function RoomHead({ room, actions }: RoomHeadProps) {
  return (
    <View className="head">
      <View className="head-row">
        <SeatRow room={room} actions={actions} />
        <Online room={room} actions={actions} />
        <About actions={actions} />
      </View>
      <Slot>
        <Announcement room={room} />
      </Slot>
    </View>
  );
}

const Online = observer(function Online({ room, actions }: RoomHeadProps) {
  const { language } = useStores().settings;
  const t = useTexts(chatroomTexts);
  const count = shortCount(room.onlineCount, language);
  return (
    <View
      className="head-online"
      hoverClass="button-pressed"
      ariaRole="button"
      ariaLabel={t('room.members', { count })}
      onClick={actions.openMembers}
    >
      {count}
    </View>
  );
});

const About = observer(function About({ actions }: Pick<RoomHeadProps, 'actions'>) {
  const t = useTexts(chatroomTexts);
  return (
    <View
      className="head-about"
      hoverClass="button-pressed"
      ariaRole="button"
      ariaLabel={t('room.about')}
      onClick={actions.openAbout}
    />
  );
});

const Announcement = observer(function Announcement({ room }: { room: RoomStore }) {
  const t = useTexts(chatroomTexts);
  const [open, setOpen] = useState(false);
  const text = room.info?.announcement;
  if (!text) return null;
  return (
    <View
      className={classes('announcement', open && 'announcement-open')}
      ariaRole="button"
      ariaLabel={`${t('room.announcement')} ${text}. ${t(open ? 'room.collapse' : 'room.expand')}`}
      onClick={() => setOpen(!open)}
    >
      <View className="announcement-mark">{t('room.announcement')}</View>
      <View className={open ? 'announcement-text' : 'announcement-text ellipsis'}>{text}</View>
    </View>
  );
});
