import { type CommonEvent, View } from '@tarojs/components';
import { useCallback, useEffect } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { Skeleton } from '@/components/ui/skeleton';
import { useStores } from '@/components/page/stores-context';
import { WindowedList } from '@/components/ui/windowed-list';
import { useTexts } from '@/components/page/use-texts';
import type { MembersStore, RoomMember, RoomStore } from '../index';
import type { FilterTab } from './filter-tabs';
import { MemberRow } from './member-row';
import { peopleTexts } from './texts';

/** A member, the number of members, the button for the next page, or an account to look up. */
type Line =
  | { readonly kind: 'member'; readonly member: RoomMember }
  | { readonly kind: 'count' | 'more' }
  | { readonly kind: 'exact'; readonly query: string };

/** The heights in people.scss. */
const HEIGHTS = { member: 64, count: 36, more: 56, exact: 56 } as const;
const heightOf = ({ kind }: Line) => HEIGHTS[kind];
/** A search goes through this many members without a tap: the server cannot search. */
const SEARCHED_BY_ITSELF = 500;
const COUNT: Line = { kind: 'count' };
const MORE: Line = { kind: 'more' };

interface MemberListProps {
  room: RoomStore;
  tab: FilterTab;
  onOpen: (event: CommonEvent) => void;
  onFind: (accountId: string) => Promise<void>;
}

export const MemberList = observer(function MemberList({
  room,
  tab,
  onOpen,
  onFind,
}: MemberListProps) {
  const { members, accountId } = room;
  const { language } = useStores().settings;
  const t = useTexts(peopleTexts);
  const { state, filter, found, error } = members;
  const query = members.query.trim();
  const renderRow = useCallback(
    (line: Line) => {
      switch (line.kind) {
        case 'member':
          return (
            <MemberRow
              member={line.member}
              isMe={line.member.accountId === accountId}
              onOpen={onOpen}
            />
          );
        case 'count':
          return <Count room={room} />;
        case 'more':
          return <More members={members} />;
        case 'exact':
          return <Exact query={line.query} onFind={onFind} />;
      }
    },
    [room, members, accountId, onOpen, onFind],
  );

  if (tab === 'tag' && filter.kind !== 'tag')
    return <View className="people-note">{t('people.askTag')}</View>;
  if (state === 'idle' || state === 'loading') return <Skeleton />;
  if (state === 'error')
    return (
      <EmptyState
        title={t('people.error')}
        hint={error ? reasonText(error.code, language) : ''}
        action={t('people.retry')}
        onAction={() => void members.load()}
      />
    );
  if (members.rows.length === 0 && query === '')
    return <View className="people-note">{t(`people.empty.${filter.kind}`)}</View>;
  const lines: Line[] = [
    ...(query === '' && hasCount(filter.kind) ? [COUNT] : []),
    // At the top, where it keeps its place: below the others it would move away under the finger as pages
    // arrive.
    ...(query === '' ? [] : [{ kind: 'exact' as const, query }]),
    ...found.map((member) => ({ kind: 'member' as const, member })),
    ...(members.hasMore ? [MORE] : []),
  ];
  return (
    <WindowedList className="people-list" rows={lines} heightOf={heightOf} renderRow={renderRow} />
  );
});

function hasCount(kind: string): boolean {
  return kind === 'online' || kind === 'tag';
}

const Count = observer(function Count({ room }: { room: RoomStore }) {
  const t = useTexts(peopleTexts);
  const { filter, tagCount } = room.members;
  if (filter.kind !== 'tag')
    return <View className="people-count">{t('people.online', { count: room.onlineCount })}</View>;
  return (
    <View className="people-count">
      {t('people.tagged', { tag: filter.tag, count: tagCount ?? room.members.rows.length })}
    </View>
  );
});

/** Fetches the next page when it is near the screen; after a failure, and far into a search, on a tap. */
const More = observer(function More({ members }: { members: MembersStore }) {
  const { language } = useStores().settings;
  const t = useTexts(peopleTexts);
  const { error, loadingMore } = members;
  const { length } = members.rows;
  const isSearch = members.query.trim() !== '';
  const waits = loadingMore || error !== null || (isSearch && length >= SEARCHED_BY_ITSELF);
  useEffect(() => {
    if (!waits) void members.loadMore();
  }, [members, waits, length]);
  const text = loadingMore
    ? t('people.loading')
    : error
      ? t('people.moreFailed', { reason: reasonText(error.code, language) })
      : t(isSearch ? 'people.searchMore' : 'people.more');
  return (
    <View className="people-more" ariaRole="button" onClick={() => void members.loadMore()}>
      {text}
    </View>
  );
});

interface ExactProps {
  query: string;
  onFind: (accountId: string) => Promise<void>;
}

/** Looks up a person whose page is not loaded, or who is offline. */
const Exact = observer(function Exact({ query, onFind }: ExactProps) {
  const t = useTexts(peopleTexts);
  return (
    <View
      className="people-exact"
      hoverClass="pressed"
      ariaRole="button"
      onClick={() => void onFind(query)}
    >
      <View className="ellipsis">{t('people.exact', { account: query })}</View>
    </View>
  );
});
