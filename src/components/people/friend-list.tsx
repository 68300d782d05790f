import { type CommonEvent, View } from '@tarojs/components';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { appTexts } from '@/i18n';
import type { AccountStores, UserEntry } from '@/stores';
import { observer } from '../page/observer';
import { reasonText } from '../page/reason-text';
import { useStores } from '../page/stores-context';
import { useTexts } from '../page/use-texts';
import { Avatar } from '../ui/avatar';
import { classes } from '../ui/classes';
import { EmptyState } from '../ui/empty-state';
import { SearchField } from '../ui/search-field';
import { Skeleton } from '../ui/skeleton';
import { WindowedList } from '../ui/windowed-list';
import type { Section } from './directory';
import { IndexBar } from './index-bar';
import { useDirectory } from './use-directory';
import { useOnline } from './use-online';
import './friend-list.scss';

/** A letter, or a friend below it. */
type Line = string | UserEntry;

/** The heights in friend-list.scss. */
const LETTER_HEIGHT = 28;
const FRIEND_HEIGHT = 56;
const heightOf = (line: Line) => (typeof line === 'string' ? LETTER_HEIGHT : FRIEND_HEIGHT);

interface FriendListProps {
  account: AccountStores;
  onPick: (accountId: string) => void;
  /** Entries between the search field and the friends; `isSearching`: the field has a text. */
  above?: (isSearching: boolean) => ReactNode;
}

/** The friends from A to Z with a search, and its loading, empty and error states. */
export const FriendList = observer(function FriendList({
  account,
  onPick,
  above,
}: FriendListProps) {
  const { contacts } = account;
  const { language } = useStores().settings;
  const t = useTexts(appTexts);
  const directory = useDirectory();
  const [query, setQuery] = useState('');
  const onSearch = useCallback(
    ({ detail }: { detail: { value: string } }) => setQuery(detail.value.trim()),
    [],
  );
  const onTap = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      if (id) onPick(id);
    },
    [onPick],
  );
  const renderRow = useCallback(
    (row: Line) =>
      typeof row === 'string' ? (
        <View className="letter">{row}</View>
      ) : (
        <Friend account={account} user={row} onTap={onTap} />
      ),
    [account, onTap],
  );

  const [target, setTarget] = useState<{ row: number }>();
  const lines = useRef<readonly Line[]>([]);
  const onLetter = useCallback(
    (letter: string) => setTarget({ row: lines.current.indexOf(letter) }),
    [],
  );

  if (contacts.friends.length === 0) {
    if (contacts.state === 'loading') return <Skeleton />;
    return (
      <>
        {above?.(false)}
        {contacts.error ? (
          <EmptyState
            title={t('contacts.error')}
            hint={reasonText(contacts.error.code, language)}
            action={t('common.retry')}
            onAction={() => void contacts.load()}
          />
        ) : (
          <EmptyState title={t('contacts.empty')} hint={t('contacts.emptyHint')} />
        )}
      </>
    );
  }
  if (!directory) return <Skeleton />;
  // Not memoised: reading each name here makes this component render again when a name changes.
  const rows = linesOf(directory.sectionsOf(directory.search(contacts.friends, query)));
  lines.current = rows;
  const letters = rows.filter((row) => typeof row === 'string').join('');
  return (
    <>
      <View className="search">
        <SearchField label={t('contacts.search')} onInput={onSearch} />
      </View>
      {above?.(query !== '')}
      {rows.length === 0 ? (
        <View className="no-match">{t('contacts.noMatch', { query })}</View>
      ) : (
        <>
          <WindowedList rows={rows} heightOf={heightOf} renderRow={renderRow} target={target} />
          <IndexBar letters={letters} onLetter={onLetter} />
        </>
      )}
    </>
  );
});

interface FriendProps {
  account: AccountStores;
  user: UserEntry;
  onTap: (event: CommonEvent) => void;
}

const Friend = observer(function Friend({ account, user, onTap }: FriendProps) {
  const t = useTexts(appTexts);
  const isOnline = useOnline(account, user.accountId) === true;
  return (
    <View
      className={classes('contact', isOnline && 'contact-online')}
      hoverClass="pressed"
      data-id={user.accountId}
      ariaRole="button"
      ariaLabel={isOnline ? t('people.online', { name: user.name }) : user.name}
      onClick={onTap}
    >
      <Avatar accountId={user.accountId} name={user.name} url={user.avatar} small />
      <View className="contact-name ellipsis">{user.name}</View>
    </View>
  );
});

function linesOf(sections: readonly Section<UserEntry>[]): Line[] {
  return sections.flatMap(({ letter, entries }) => [letter, ...entries]);
}
