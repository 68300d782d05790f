import { type CommonEvent, Input, View } from '@tarojs/components';
import { useCallback, useEffect, useState } from 'react';
import { toast } from '@/components/dialogs';
import { observer } from '@/components/observer';
import { type PageParams, paramOf } from '@/components/page-params';
import { Place } from '@/components/place';
import { useStores } from '@/components/stores-context';
import { ConnectionError } from '@/connection';
import { reasonText } from '@/components/reason-text';
import type { RoomStore } from '../index';
import { type FilterTab, FilterTabs, TagPicker } from './filter-tabs';
import { InRoom } from './in-room';
import { MemberCardSheet } from './member-card-sheet';
import { MemberList } from './member-list';
import { useSay } from './use-say';
import './people.scss';

/** Who is in the room; with an account in the parameters that member's card lies over it. */
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
  const say = useSay();
  const [cardOf, setCardOf] = useState(opened);
  const [tab, setTab] = useState<FilterTab>('online');
  // The lists are kept with the room: each visit begins with who is there now.
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
      // The list of a tag begins with choosing one.
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
        else toast(say('people.notFound', { account: accountId }));
      } catch (cause) {
        toast(reasonText(ConnectionError.from(cause).code, language));
      }
    },
    [members, say, language],
  );
  const close = useCallback(() => setCardOf(''), []);

  return (
    <>
      <View className="people-head">
        <Input
          className="people-search"
          placeholder={say('people.search')}
          placeholderClass="people-placeholder"
          ariaLabel={say('people.search')}
          confirmType="search"
          onInput={onSearch}
        />
        <FilterTabs chosen={tab} onChoose={onTab} />
      </View>
      <Place>{tab === 'tag' && <TagPicker room={room} />}</Place>
      <MemberList room={room} tab={tab} onOpen={onOpen} onFind={onFind} />
      <Place>
        {cardOf !== '' && (
          <MemberCardSheet key={cardOf} room={room} accountId={cardOf} onClose={close} />
        )}
      </Place>
    </>
  );
});
