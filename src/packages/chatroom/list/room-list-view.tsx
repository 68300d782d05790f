import { type CommonEvent, Input, ScrollView, View } from '@tarojs/components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { EmptyState } from '@/components/empty-state';
import { useNavigate } from '@/components/navigate';
import { observer } from '@/components/observer';
import { Place } from '@/components/place';
import { reasonText } from '@/components/reason-text';
import { Skeleton } from '@/components/skeleton';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import type { RoomListStore } from '../stores/room-list-store';
import { roomRoutes } from '../routes';
import { useChatroom, useSay } from '../use-chatroom';
import { EnterAs, type Identity } from './enter-as';
import { RecentRooms } from './recent-rooms';
import { RoomItem } from './room-item';
import './list.scss';

/** After the last letter, before the app server is asked. */
const SEARCH_PAUSE_MS = 250;

/** Rooms to choose from, and as whom to enter. */
export const RoomListView = observer(function RoomListView() {
  const { roomList } = useChatroom();
  const say = useSay();
  const [identity, setIdentity] = useState<Identity>('account');
  const { session } = useStores();
  const navigate = useNavigate();
  const asGuest = identity === 'guest' || session.status === 'signedOut';
  const onSearch = useSearch(roomList);

  useEffect(() => void roomList.load(), [roomList]);
  const open = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      if (id) navigate(roomRoutes.room(id, asGuest));
    },
    [asGuest, navigate],
  );

  return (
    <>
      <Offline />
      <View className="room-search">
        <Input
          className="room-search-input"
          placeholder={say('list.search')}
          placeholderClass="room-search-placeholder"
          ariaLabel={say('list.search')}
          confirmType="search"
          onInput={onSearch}
        />
      </View>
      <EnterAs asGuest={asGuest} onChange={setIdentity} />
      <Rooms list={roomList} onOpen={open} />
    </>
  );
});

/** The app server is asked when the writer pauses. */
function useSearch(list: RoomListStore) {
  const search = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return ({ detail }: { detail: { value: string } }) => {
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => void list.search(detail.value.trim()), SEARCH_PAUSE_MS);
    };
  }, [list]);
  // The store outlives the page; its next visitor begins with the whole list.
  useEffect(() => () => void (list.query && list.search('')), [list]);
  return search;
}

/** Rooms come from the app server, so what counts is the network and not the IM link. */
function Offline() {
  return (
    <Place>
      <OfflineStrip />
    </Place>
  );
}

const OfflineStrip = observer(function OfflineStrip() {
  const { connection } = useStores();
  const say = useSay();
  if (connection.banner?.kind !== 'offline') return null;
  return (
    <View className="banner" ariaRole="alert">
      <View className="banner-sign">!</View>
      <View className="banner-text">{say('list.offline')}</View>
    </View>
  );
});

interface RoomsProps {
  list: RoomListStore;
  onOpen: (event: CommonEvent) => void;
}

const Rooms = observer(function Rooms({ list, onOpen }: RoomsProps) {
  const say = useSay();
  const t = useT();
  const { language } = useStores().settings;
  const [refreshing, setRefreshing] = useState(false);
  const refresh = useCallback(async () => {
    setRefreshing(true);
    await list.load();
    setRefreshing(false);
  }, [list]);
  const { rooms, state, error, query, isSearching } = list;

  if (rooms.length === 0 && (state === 'idle' || state === 'loading')) return <Skeleton />;
  return (
    <ScrollView
      className="fill rooms"
      scrollY
      enhanced
      refresherEnabled
      refresherTriggered={refreshing}
      onRefresherRefresh={() => void refresh()}
    >
      <Place>{!isSearching && <RecentRooms list={list} onOpen={onOpen} />}</Place>
      {state === 'error' && (
        <EmptyState
          title={say('list.error')}
          hint={error ? reasonText(error.code, language) : ''}
          action={t('common.retry')}
          onAction={() => void list.load()}
        />
      )}
      {state === 'empty' &&
        (isSearching ? (
          <View className="rooms-no-match">{say('list.noMatch', { query })}</View>
        ) : (
          <EmptyState title={say('list.empty')} hint={say('list.emptyHint')} />
        ))}
      {state === 'ready' && (
        <>
          <View className="rooms-title">{say('list.all')}</View>
          {/* Keyed by place: a list in a new order changes fields instead of moving nodes. */}
          {rooms.map((room, place) => (
            <RoomItem key={place} room={room} onOpen={onOpen} />
          ))}
        </>
      )}
    </ScrollView>
  );
});
