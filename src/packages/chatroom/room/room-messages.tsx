import { ScrollView, View } from '@tarojs/components';
import { useEffect, useLayoutEffect } from 'react';
import { hideKeyboard } from '@/components/dialogs';
import { EndPill } from '@/components/message-list/end-pill';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/observer';
import { useT } from '@/components/use-t';
import type { RoomStore } from '../stores/room-store';
import type { RoomTalk } from '../stores/room-talk';
import type { RoomSegment } from '../stores/room-window';
import { useSay } from '../use-chatroom';
import type { RoomActions } from './room-actions';
import { RoomMessage } from './room-message';

/** Of the scroll-view. */
export const LIST_ID = 'room-messages';

interface RoomMessagesProps {
  room: RoomStore;
  scroll: ListScroll;
  actions: RoomActions;
}

/**
 * One scroll-view with the window's containers: always the same ones in the same place of the tree, put in
 * order by the style. A page of older rows, new rows and the going of the oldest cost what they are.
 */
export const RoomMessages = observer(function RoomMessages({
  room,
  scroll,
  actions,
}: RoomMessagesProps) {
  const { talk, state } = room;
  const newest = newestRow(talk);
  // In the same commit as the new rows, so that both are one setData.
  useLayoutEffect(() => scroll.followEnd(), [scroll, newest, state.name]);
  useEffect(() => void scroll.measure(), [scroll]);
  return (
    <>
      <ScrollView
        ref={scroll.port.attach}
        id={LIST_ID}
        className="fill messages"
        scrollY
        enhanced
        scrollAnchoring
        upperThreshold={600}
        lowerThreshold={60}
        onTouchStart={scroll.onTouchStart}
        onTouchEnd={scroll.onTouchEnd}
        onTouchCancel={scroll.onTouchEnd}
        onScroll={scroll.onScroll}
        onScrollToUpper={scroll.onUpper}
        onScrollToLower={scroll.onLower}
        onClick={hideKeyboard}
      >
        <Top talk={talk} scroll={scroll} />
        <View className="segments">
          {talk.segments.map((segment) => (
            <Segment key={segment.key} segment={segment} actions={actions} />
          ))}
        </View>
      </ScrollView>
      <EndPill list={talk} scroll={scroll} />
    </>
  );
});

interface SegmentProps {
  segment: RoomSegment;
  actions: RoomActions;
}

const Segment = observer(function Segment({ segment, actions }: SegmentProps) {
  return (
    <View style={{ order: segment.order }}>
      {segment.rows.map((row) => (
        <RoomMessage key={row.messageClientId} row={row} actions={actions} />
      ))}
    </View>
  );
});

/** Above the oldest row. Of one height whatever it says, so that nothing moves when it changes. */
const Top = observer(function Top({ talk, scroll }: { talk: RoomTalk; scroll: ListScroll }) {
  const t = useT();
  const say = useSay();
  const isLoading = talk.loading === 'older' || !talk.ready;
  const isEmpty = talk.ready && newestRow(talk) === undefined;
  return (
    <View className="chat-top" onClick={scroll.onUpper}>
      {isLoading && <View className="spinner" ariaLabel={t('chat.loadingOlder')} />}
      {!isLoading && talk.error && t('chat.olderFailed')}
      {!isLoading && !talk.error && isEmpty && say('room.empty')}
    </View>
  );
});

function newestRow({ segments }: RoomTalk): string | undefined {
  let newest: RoomSegment | undefined;
  for (const segment of segments) {
    if (segment.rows.length > 0 && !(newest && newest.order > segment.order)) newest = segment;
  }
  return newest?.rows[newest.rows.length - 1]?.messageClientId;
}
