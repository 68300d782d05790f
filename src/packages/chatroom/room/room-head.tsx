import { View } from '@tarojs/components';
import { useState } from 'react';
import { classes } from '@/components/classes';
import { observer } from '@/components/observer';
import { Place } from '@/components/place';
import { useStores } from '@/components/stores-context';
import { shortCount } from '../short-count';
import type { RoomStore } from '../stores/room-store';
import { useSay } from '../use-chatroom';
import type { RoomActions } from './room-actions';
import { SeatRow } from './seat-row';

interface RoomHeadProps {
  room: RoomStore;
  actions: RoomActions;
}

/** Over the messages: seats, who is there, what the room is about. */
export function RoomHead({ room, actions }: RoomHeadProps) {
  return (
    <View className="head">
      <View className="head-row">
        <SeatRow room={room} actions={actions} />
        <Online room={room} actions={actions} />
        <About actions={actions} />
      </View>
      <Place>
        <Announcement room={room} />
      </Place>
      <Place>
        <Live room={room} actions={actions} />
      </Place>
    </View>
  );
}

const Online = observer(function Online({ room, actions }: RoomHeadProps) {
  const { language } = useStores().settings;
  const say = useSay();
  const count = shortCount(room.onlineCount, language);
  return (
    <View
      className="head-online"
      hoverClass="button-pressed"
      ariaRole="button"
      ariaLabel={say('room.members', { count })}
      onClick={actions.openMembers}
    >
      {count}
    </View>
  );
});

const About = observer(function About({ actions }: Pick<RoomHeadProps, 'actions'>) {
  const say = useSay();
  return (
    <View
      className="head-about"
      hoverClass="button-pressed"
      ariaRole="button"
      ariaLabel={say('room.about')}
      onClick={actions.openAbout}
    />
  );
});

const Announcement = observer(function Announcement({ room }: { room: RoomStore }) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const text = room.info?.announcement;
  if (!text) return null;
  return (
    <View
      className={classes('announcement', open && 'announcement-open')}
      ariaRole="button"
      ariaLabel={say(open ? 'room.collapse' : 'room.expand')}
      onClick={() => setOpen(!open)}
    >
      <View className="announcement-mark">{say('room.announcement')}</View>
      <View className={open ? 'announcement-text' : 'announcement-text ellipsis'}>{text}</View>
    </View>
  );
});

const Live = observer(function Live({ room, actions }: RoomHeadProps) {
  const say = useSay();
  const url = room.info?.liveUrl;
  if (!url) return null;
  return (
    <View
      className="live-card"
      hoverClass="button-pressed"
      ariaRole="button"
      ariaLabel={say('room.liveHint')}
      onClick={() => actions.copy(url, say('room.liveCopied'))}
    >
      <View className="live-sign" />
      <View className="live-words">
        <View className="live-title">{say('room.live')}</View>
        <View className="live-url ellipsis">{url}</View>
      </View>
    </View>
  );
});
