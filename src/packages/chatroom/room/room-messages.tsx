import { View } from '@tarojs/components';
import { ListTop } from '@/components/message-list/list-top';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { MessageScroll } from '@/components/message-list/message-scroll';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import type { RoomStore } from '../stores/room-store';
import type { RoomSegment } from '../stores/room-window';
import { chatroomTexts } from '../texts';
import type { RoomActions } from './room-actions';
import { RoomMessage } from './room-message';
import { edgesOf } from './room-scroll';

interface RoomMessagesProps {
  room: RoomStore;
  scroll: ListScroll;
  actions: RoomActions;
}

/**
 * One scroll-view with the window's containers. The containers keep their places in the tree, and the style
 * puts them in order: a page of older rows, new rows and the removal of the oldest rows send only these.
 */
export const RoomMessages = observer(function RoomMessages(props: RoomMessagesProps) {
  const { feed, state } = props.room;
  const { newest } = edgesOf(feed);
  return (
    <MessageScroll list={feed} scroll={props.scroll} newest={newest} layout={state.name}>
      <Top {...props} />
      <View className="segments">
        {feed.segments.map((segment) => (
          <Segment key={segment.key} segment={segment} actions={props.actions} />
        ))}
      </View>
    </MessageScroll>
  );
});

const Segment = observer(function Segment(props: { segment: RoomSegment; actions: RoomActions }) {
  const { segment, actions } = props;
  const { order, rows } = segment;
  return (
    <View style={{ order }}>
      {rows.map((row) => (
        <RoomMessage key={row.messageClientId} row={row} actions={actions} />
      ))}
    </View>
  );
});

const Top = observer(function Top({ room: { feed }, scroll }: RoomMessagesProps) {
  const t = useTexts(chatroomTexts);
  const { ready, loading, error } = feed;
  const isLoading = loading === 'older' || !ready;
  const empty = edgesOf(feed).newest ? undefined : t('room.empty');
  return <ListTop {...{ isLoading, empty }} hasFailed={!!error} onClick={scroll.onUpper} />;
});
