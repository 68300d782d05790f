import { View } from '@tarojs/components';
import { useContext, useEffect, useMemo } from 'react';
import { BubbleMenu } from '@/components/ui/bubble-menu';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { PageGateContext } from '@/components/page/page-gate';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { Slot } from '@/components/ui/slot';
import { VoiceBar } from '@/components/voice/voice-bar';
import { useStores } from '@/components/page/stores-context';
import type { RoomStore } from '../stores/room-store';
import { useChatroom } from '../use-chatroom';
import { Entering } from './entering';
import { ExitNotice } from './exit-notice';
import { LinkStrip } from './link-strip';
import { LivePanel } from './live/live-panel';
import { PacedGate } from './paced-gate';
import { RoomActions } from './room-actions';
import { RoomFoot } from './room-foot';
import { RoomHead } from './room-head';
import { RoomMessages } from './room-messages';
import { roomScroll } from './room-scroll';
import { useVisit } from './use-visit';
import './room.scss';

/** One visit to a room: the page enters when it opens, and leaves when it closes. */
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
      {/* A new component for each visit: no state of the last visit stays. */}
      <View className="room-body">
        {room && wasInside ? (
          <OpenRoom key={visitKey(room)} room={room} />
        ) : (
          <Entering room={room} />
        )}
      </View>
      <Slot>{room && <ExitNotice room={room} enterAgain={enterAgain} />}</Slot>
    </>
  );
});

const OpenRoom = observer(function OpenRoom({ room }: { room: RoomStore }) {
  const root = useStores();
  const navigate = useNavigate();
  const scroll = useMemo(() => roomScroll(room.feed), [room]);
  const actions = useMemo(() => new RoomActions(room, root, navigate), [room, root, navigate]);
  useEffect(() => () => actions.dispose(), [actions]);
  useEffect(() => void room.queue.load(), [room]);
  return (
    <>
      <LinkStrip room={room} />
      <RoomHead room={room} actions={actions} />
      <Slot>
        <LivePanel
          room={room}
          scroll={scroll}
          copy={(text, notice) => actions.copy(text, notice)}
        />
      </Slot>
      <VoiceBar list={actions.voices} />
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
