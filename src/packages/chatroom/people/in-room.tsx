import { View } from '@tarojs/components';
import { type ReactNode, useContext } from 'react';
import { useCore } from '@/components/core-context';
import { EmptyState } from '@/components/empty-state';
import { goBack } from '@/components/navigate';
import { observer } from '@/components/observer';
import { PageGateContext } from '@/components/page-gate';
import { Place } from '@/components/place';
import { reasonText } from '@/components/reason-text';
import { Skeleton } from '@/components/skeleton';
import { useStores } from '@/components/stores-context';
import { type ChatroomStore, createChatroom, type RoomStore } from '../index';
import { routes } from '@/components/routes';
import { useSay } from './use-say';

interface InRoomProps {
  roomId: string;
  /** The same function every time. Called inside of a reaction. */
  children: (room: RoomStore, chatroom: ChatroomStore) => ReactNode;
}

/** What is about the room one is in; one that is somewhere else, or out, is told so and led back. */
export const InRoom = observer(function InRoom({ roomId, children }: InRoomProps) {
  const core = useCore();
  const root = useStores();
  const from = useContext(PageGateContext);
  const say = useSay();
  const chatroom = createChatroom(core, root);
  const { room } = chatroom;
  const leave = () =>
    void goBack({ settings: root.settings, from }, { url: routes.conversations, way: 'tab' });
  if (!room || room.roomId !== roomId || room.state.name === 'idle')
    return (
      <EmptyState
        title={say('room.outside')}
        hint={say('room.outsideHint')}
        action={say('room.back')}
        onAction={leave}
      />
    );
  if (room.state.name === 'exited')
    return (
      <EmptyState
        title={say('room.exited')}
        hint={reasonText(room.exitCode, root.settings.language)}
        action={say('room.back')}
        onAction={leave}
      />
    );
  if (!room.me.member) return <Skeleton />;
  return (
    <>
      <Place>
        <Reconnecting room={room} />
      </Place>
      {children(room, chatroom)}
    </>
  );
});

const Reconnecting = observer(function Reconnecting({ room }: { room: RoomStore }) {
  const say = useSay();
  if (room.state.name !== 'reconnecting') return null;
  return (
    <View className="banner banner-calm" ariaRole="status">
      <View className="banner-spinner" />
      {say('room.reconnecting')}
    </View>
  );
});
