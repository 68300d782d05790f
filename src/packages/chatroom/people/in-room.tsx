import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import type { ReactNode } from 'react';
import { useCore } from '@/components/core-context';
import { EmptyState } from '@/components/empty-state';
import { observer } from '@/components/observer';
import { Place } from '@/components/place';
import { reasonText } from '@/components/reason-text';
import { Skeleton } from '@/components/skeleton';
import { useStores } from '@/components/stores-context';
import { type ChatroomStore, createChatroom, type RoomStore } from '../index';
import { goOut } from './way-out';
import { useSay } from './use-say';

interface InRoomProps {
  roomId: string | undefined;
  /** The same function every time. Called inside of a reaction. */
  children: (room: RoomStore, chatroom: ChatroomStore) => ReactNode;
}

/** What is about the room one is in; one that is somewhere else, or out, is told so and led back. */
export const InRoom = observer(function InRoom({ roomId, children }: InRoomProps) {
  const core = useCore();
  const root = useStores();
  const say = useSay();
  const chatroom = createChatroom(core, root);
  const { room } = chatroom;
  if (!room || room.roomId !== decodeURIComponent(roomId ?? '') || room.state.name === 'idle')
    return (
      <EmptyState
        title={say('room.outside')}
        hint={say('room.outsideHint')}
        action={say('room.back')}
        onAction={goBack}
      />
    );
  if (room.state.name === 'exited')
    return (
      <EmptyState
        title={say('room.exited')}
        hint={reasonText(room.exitCode, root.settings.language)}
        action={say('room.back')}
        onAction={goBack}
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

/** A page that was opened by its address has nothing behind it. */
function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else void goOut();
}
