import { View } from '@tarojs/components';
import { type ReactNode, useContext } from 'react';
import { useCore } from '@/components/page/core-context';
import { EmptyState } from '@/components/ui/empty-state';
import { goBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { PageGateContext } from '@/components/page/page-gate';
import { Slot } from '@/components/ui/slot';
import { reasonText } from '@/components/page/reason-text';
import { Skeleton } from '@/components/ui/skeleton';
import { useStores } from '@/components/page/stores-context';
import { type ChatroomStore, createChatroom, type RoomStore } from '../index';
import { routes } from '@/components/page/routes';
import { useTexts } from '@/components/page/use-texts';
import { peopleTexts } from './texts';

interface InRoomProps {
  roomId: string;
  /** Pass the same function every time. It is called inside a reaction. */
  children: (room: RoomStore, chatroom: ChatroomStore) => ReactNode;
}

/**
 * Shows content about the room that the user is in. A user who is in another room or in none gets a notice
 * and a button back.
 */
export const InRoom = observer(function InRoom({ roomId, children }: InRoomProps) {
  const core = useCore();
  const root = useStores();
  const from = useContext(PageGateContext);
  const t = useTexts(peopleTexts);
  const chatroom = createChatroom(core, root);
  const { room } = chatroom;
  const leave = () =>
    void goBack({ settings: root.settings, from }, { url: routes.conversations, way: 'tab' });
  if (!room || room.roomId !== roomId || room.state.name === 'idle')
    return (
      <EmptyState
        title={t('room.outside')}
        hint={t('room.outsideHint')}
        action={t('room.back')}
        onAction={leave}
      />
    );
  if (room.state.name === 'exited')
    return (
      <EmptyState
        title={t('room.exited')}
        hint={reasonText(room.exitCode, root.settings.language)}
        action={t('room.back')}
        onAction={leave}
      />
    );
  if (!room.me.member) return <Skeleton />;
  return (
    <>
      <Slot>
        <Reconnecting room={room} />
      </Slot>
      {children(room, chatroom)}
    </>
  );
});

const Reconnecting = observer(function Reconnecting({ room }: { room: RoomStore }) {
  const t = useTexts(peopleTexts);
  if (room.state.name !== 'reconnecting') return null;
  return (
    <View className="banner banner-calm" ariaRole="status">
      <View className="banner-spinner" />
      {t('room.reconnecting')}
    </View>
  );
});
