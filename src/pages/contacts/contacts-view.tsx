import { type CommonEvent, Input, View } from '@tarojs/components';
import { useCallback, useState } from 'react';
import { Avatar } from '@/components/avatar';
import { ConnectionBanner } from '@/components/connection-banner';
import { EmptyState } from '@/components/empty-state';
import { useNavigate } from '@/components/navigate';
import { observer } from '@/components/observer';
import { Place } from '@/components/place';
import { reasonText } from '@/components/reason-text';
import { routes } from '@/components/routes';
import { Skeleton } from '@/components/skeleton';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import { WindowedList } from '@/components/windowed-list';
import type { AccountStores, UserEntry } from '@/stores';
import { type Section, sectionsOf } from './letters';
import './contacts.scss';

/** A letter, or somebody under it. */
type Line = string | UserEntry;

/** As contacts.scss has it. */
const LETTER_HEIGHT = 28;
const CONTACT_HEIGHT = 56;
const heightOf = (line: Line) => (typeof line === 'string' ? LETTER_HEIGHT : CONTACT_HEIGHT);

export const ContactsView = observer(function ContactsView() {
  const { account } = useStores();
  return (
    <>
      <ConnectionBanner />
      {account ? <Contacts account={account} /> : <Skeleton />}
    </>
  );
});

/** Above the people and below the search, as WeChat has its groups. */
function Rooms({ hidden }: { hidden: boolean }) {
  return (
    <Place>
      <RoomsEntry hidden={hidden} />
    </Place>
  );
}

const RoomsEntry = observer(function RoomsEntry({ hidden }: { hidden: boolean }) {
  const t = useT();
  const navigate = useNavigate();
  const { remoteConfig } = useStores();
  if (hidden || !remoteConfig.chatroomEnabled) return null;
  return (
    <View
      className="contact contacts-entry"
      hoverClass="pressed"
      ariaRole="button"
      onClick={() => navigate(routes.rooms)}
    >
      <View className="av av-s rooms-mark" />
      <View className="contact-name ellipsis">{t('contacts.rooms')}</View>
    </View>
  );
});

const Contacts = observer(function Contacts({ account }: { account: AccountStores }) {
  const { contacts, conversations } = account;
  const { language } = useStores().settings;
  const t = useT();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const onSearch = useCallback(
    ({ detail }: { detail: { value: string } }) => setQuery(detail.value.trim()),
    [],
  );
  const open = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      if (id) navigate(routes.chat(conversations.openWith(id)));
    },
    [conversations, navigate],
  );

  const renderRow = useCallback(
    (row: Line) =>
      typeof row === 'string' ? (
        <View className="letter">{row}</View>
      ) : (
        <ContactItem user={row} onOpen={open} />
      ),
    [open],
  );

  if (contacts.friends.length === 0) {
    if (contacts.state === 'loading') return <Skeleton />;
    return (
      <>
        <Rooms hidden={false} />
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
  // Not memoised: what it reads of each name is what makes this render again.
  const rows = linesOf(sectionsOf(matching(contacts.friends, query)));
  return (
    <>
      <View className="search">
        <Input
          className="search-input"
          placeholder={t('contacts.search')}
          placeholderClass="search-placeholder"
          ariaLabel={t('contacts.search')}
          confirmType="search"
          onInput={onSearch}
        />
      </View>
      <Rooms hidden={query !== ''} />
      {rows.length === 0 ? (
        <View className="no-match">{t('contacts.noMatch', { query })}</View>
      ) : (
        <WindowedList rows={rows} heightOf={heightOf} renderRow={renderRow} />
      )}
    </>
  );
});

interface ContactItemProps {
  user: UserEntry;
  onOpen: (event: CommonEvent) => void;
}

const ContactItem = observer(function ContactItem({ user, onOpen }: ContactItemProps) {
  return (
    <View
      className="contact"
      hoverClass="pressed"
      data-id={user.accountId}
      ariaRole="button"
      onClick={onOpen}
    >
      <Avatar accountId={user.accountId} name={user.name} url={user.avatar} small />
      <View className="contact-name ellipsis">{user.name}</View>
    </View>
  );
});

function linesOf(sections: readonly Section<UserEntry>[]): Line[] {
  return sections.flatMap(({ letter, entries }) => [letter, ...entries]);
}

function matching(friends: readonly UserEntry[], query: string): readonly UserEntry[] {
  const wanted = query.toLowerCase();
  if (wanted === '') return friends;
  return friends.filter(({ name, accountId }) =>
    `${name}\n${accountId}`.toLowerCase().includes(wanted),
  );
}
