import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { Slot } from '@/components/ui/slot';
import { reasonText } from '@/components/page/reason-text';
import { Skeleton } from '@/components/ui/skeleton';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { SearchField } from '@/components/ui/search-field';
import { appTexts } from '@/i18n';
import type { RoomListStore } from '../stores/room-list-store';
import { roomRoutes } from '../routes';
import { useChatroom } from '../use-chatroom';
import { EnterAs, type Identity } from './enter-as';
import { RecentRooms } from './recent-rooms';
import { RoomItem } from './room-item';
import { chatroomTexts } from '../texts';
import './list.scss';

/** Delay after the last letter before the app server is asked. */
const SEARCH_PAUSE_MS = 250;

/** The list of rooms and the choice of the identity for entering. */
export const RoomListView = observer(function RoomListView() {
  const { roomList } = useChatroom();
  const t = useTexts(chatroomTexts);
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
        <SearchField label={t('list.search')} onInput={onSearch} />
      </View>
      <EnterAs asGuest={asGuest} onChange={setIdentity} />
      <Rooms list={roomList} onOpen={open} />
    </>
  );
});

/** Asks the app server when the user pauses typing. */
function useSearch(list: RoomListStore) {
  const search = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return ({ detail }: { detail: { value: string } }) => {
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => void list.search(detail.value.trim()), SEARCH_PAUSE_MS);
    };
  }, [list]);
  // The store outlives the page; the next visit starts with the whole list.
  useEffect(() => () => void (list.query && list.search('')), [list]);
  return search;
}

/** Rooms come from the app server, so the network counts here, not the IM link. */
function Offline() {
  return (
    <Slot>
      <OfflineStrip />
    </Slot>
  );
}

const OfflineStrip = observer(function OfflineStrip() {
  const { connection } = useStores();
  const t = useTexts(chatroomTexts);
  if (connection.banner?.kind !== 'offline') return null;
  return (
    <View className="banner" ariaRole="alert">
      <View className="banner-sign">!</View>
      <View className="banner-text">{t('list.offline')}</View>
    </View>
  );
});

interface RoomsProps {
  list: RoomListStore;
  onOpen: (event: CommonEvent) => void;
}

const Rooms = observer(function Rooms({ list, onOpen }: RoomsProps) {
  const t = useTexts(chatroomTexts);
  const appT = useTexts(appTexts);
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
      <Slot>{!isSearching && <RecentRooms list={list} onOpen={onOpen} />}</Slot>
      {state === 'error' && (
        <EmptyState
          title={t('list.error')}
          hint={error ? reasonText(error.code, language) : ''}
          action={appT('common.retry')}
          onAction={() => void list.load()}
        />
      )}
      {state === 'empty' &&
        (isSearching ? (
          <View className="rooms-no-match">{t('list.noMatch', { query })}</View>
        ) : (
          <EmptyState title={t('list.empty')} hint={t('list.emptyHint')} />
        ))}
      {state === 'ready' && (
        <>
          <View className="rooms-title">{t('list.all')}</View>
          {/* Keyed by position: a list in a new order changes fields instead of moving nodes. */}
          {rooms.map((room, place) => (
            <RoomItem key={place} room={room} onOpen={onOpen} />
          ))}
        </>
      )}
    </ScrollView>
  );
});
