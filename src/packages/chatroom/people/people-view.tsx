import { type CommonEvent, View } from '@tarojs/components';
import { useCallback, useEffect, useState } from 'react';
import { toast } from '@/components/page/dialogs';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { Slot } from '@/components/ui/slot';
import { useStores } from '@/components/page/stores-context';
import { ConnectionError } from '@/connection';
import { reasonText } from '@/components/page/reason-text';
import { useTexts } from '@/components/page/use-texts';
import { SearchField } from '@/components/ui/search-field';
import type { RoomStore } from '../index';
import { type FilterTab, FilterTabs, TagPicker } from './filter-tabs';
import { InRoom } from './in-room';
import { MemberCardSheet } from './member-card-sheet';
import { MemberList } from './member-list';
import { peopleTexts } from './texts';
import './people.scss';

/** The members of the room. With an account in the parameters, that member's card is open. */
export function PeopleView({ params }: { params: PageParams }) {
  const accountId = paramOf(params, 'accountId');
  const people = useCallback(
    (room: RoomStore) => <People room={room} opened={accountId} />,
    [accountId],
  );
  return <InRoom roomId={paramOf(params, 'roomId')}>{people}</InRoom>;
}

interface PeopleProps {
  room: RoomStore;
  /** The account whose card is open at first; empty for none. */
  opened: string;
}

const People = observer(function People({ room, opened }: PeopleProps) {
  const { members } = room;
  const { language } = useStores().settings;
  const t = useTexts(peopleTexts);
  const [cardOf, setCardOf] = useState(opened);
  const [tab, setTab] = useState<FilterTab>('online');
  // The lists are kept with the room: each visit reloads them.
  useEffect(() => {
    members.search('');
    void members.load({ kind: 'online' });
  }, [members]);

  const onSearch = useCallback(
    ({ detail }: { detail: { value: string } }) => members.search(detail.value),
    [members],
  );
  const onTab = useCallback(
    (chosen: FilterTab) => {
      setTab(chosen);
      // The list by tag loads once a tag is chosen.
      if (chosen !== 'tag') void members.load({ kind: chosen });
    },
    [members],
  );
  const onOpen = useCallback(({ currentTarget }: CommonEvent) => {
    const { id } = currentTarget.dataset as { id?: string };
    if (id) setCardOf(id);
  }, []);
  const onFind = useCallback(
    async (accountId: string) => {
      try {
        const [found] = await members.byIds([accountId]);
        if (found) setCardOf(found.accountId);
        else toast(t('people.notFound', { account: accountId }));
      } catch (cause) {
        toast(reasonText(ConnectionError.from(cause).code, language));
      }
    },
    [members, t, language],
  );
  const close = useCallback(() => setCardOf(''), []);

  return (
    <>
      <View className="people-head">
        <SearchField label={t('people.search')} onInput={onSearch} />
        <FilterTabs chosen={tab} onChoose={onTab} />
      </View>
      <Slot>{tab === 'tag' && <TagPicker room={room} />}</Slot>
      <MemberList room={room} tab={tab} onOpen={onOpen} onFind={onFind} />
      <Slot>
        {cardOf !== '' && (
          <MemberCardSheet key={cardOf} room={room} accountId={cardOf} onClose={close} />
        )}
      </Slot>
    </>
  );
});
