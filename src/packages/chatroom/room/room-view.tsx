import { View } from '@tarojs/components';
import { useContext, useEffect, useMemo } from 'react';
import { BubbleMenu } from '@/components/bubble-menu';
import { useNavigate } from '@/components/navigate';
import { observer } from '@/components/observer';
import { PageGateContext } from '@/components/page-gate';
import { type PageParams, paramOf } from '@/components/page-params';
import { Place } from '@/components/place';
import { useStores } from '@/components/stores-context';
import type { RoomStore } from '../stores/room-store';
import { useChatroom } from '../use-chatroom';
import { Entering } from './entering';
import { ExitNotice } from './exit-notice';
import { LinkStrip } from './link-strip';
import { PacedGate } from './paced-gate';
import { RoomActions } from './room-actions';
import { RoomFoot } from './room-foot';
import { RoomHead } from './room-head';
import { LIST_ID, RoomMessages } from './room-messages';
import { RoomScroll } from './room-scroll';
import { useVisit } from './use-visit';
import './room.scss';

/** One visit to a room: entered when the page opens, left when it goes. */
export const RoomView = observer(function RoomView({ params }: { params: PageParams }) {
  const chatroom = useChatroom();
  const { session } = useStores();
  const { room, enterAgain } = useVisit(chatroom, session, {
    roomId: paramOf(params, 'roomId'),
    asGuest: params.guest === '1',
  });
  const page = useContext(PageGateContext);
  const gate = useMemo(() => new PacedGate(page), [page]);
  useEffect(() => () => gate.dispose(), [gate]);
  return (
    <PageGateContext.Provider value={gate}>
      <Inside room={room} enterAgain={enterAgain} />
    </PageGateContext.Provider>
  );
});

interface InsideProps {
  room: RoomStore | null;
  enterAgain: () => void;
}

const Inside = observer(function Inside({ room, enterAgain }: InsideProps) {
  const wasInside = room !== null && room.info !== null;
  return (
    <>
      {/* A page of its own for each visit: nothing of the last one stays. */}
      <View className="room-body">
        {room && wasInside ? (
          <OpenRoom key={visitKey(room)} room={room} />
        ) : (
          <Entering room={room} />
        )}
      </View>
      <Place>{room && <ExitNotice room={room} enterAgain={enterAgain} />}</Place>
    </>
  );
});

const OpenRoom = observer(function OpenRoom({ room }: { room: RoomStore }) {
  const root = useStores();
  const navigate = useNavigate();
  const scroll = useMemo(() => new RoomScroll(room.talk, LIST_ID), [room]);
  const actions = useMemo(() => new RoomActions(room, root, navigate), [room, root, navigate]);
  useEffect(() => void room.queue.load(), [room]);
  return (
    <>
      <LinkStrip room={room} />
      <RoomHead room={room} actions={actions} />
      <RoomMessages room={room} scroll={scroll} actions={actions} />
      <RoomFoot room={room} scroll={scroll} actions={actions} />
      <BubbleMenu port={actions.menu} itemsFor={actions.itemsFor} />
    </>
  );
});

const keys = new WeakMap<RoomStore, number>();
let visits = 0;

function visitKey(room: RoomStore): number {
  const known = keys.get(room) ?? ++visits;
  keys.set(room, known);
  return known;
}
