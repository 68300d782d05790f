import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { listTime } from '@/components/format/time';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { SearchField } from '@/components/ui/search-field';
import { Skeleton } from '@/components/ui/skeleton';
import { appTexts } from '@/i18n';
import type { V2NIMTeam } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import { type Found, findPeople, findTeams } from './local-search';
import { byConversation, MessageSearch } from './message-search';
import { faceOf, messageText } from './message-text';
import { ResultRow } from './result-row';
import { searchTexts } from './texts';
import './search.scss';

/** Rows of a group before "more". */
const FIRST_ROWS = 3;

export const SearchView = observer(function SearchView() {
  const { account } = useStores();
  return account ? <Search account={account} /> : <Skeleton />;
});

const Search = observer(function Search({ account }: { account: AccountStores }) {
  const root = useStores();
  const { language } = root.settings;
  const t = useTexts(searchTexts);
  const [words, setWords] = useState('');
  const [search] = useState(() => new MessageSearch(account));
  const joined = useJoinedTeams(account);
  useEffect(() => () => search.dispose(), [search]);
  const { isOnline } = root.connection;
  // The search that failed without a link is repeated when the link is back.
  useEffect(() => {
    if (isOnline) search.retry();
  }, [isOnline, search]);
  const onInput = useCallback(
    ({ detail }: { detail: { value: string } }) => {
      const keyword = detail.value.trim();
      setWords(keyword.toLowerCase());
      if (keyword !== search.query.keyword) search.search({ keyword });
    },
    [search],
  );
  const people = words === '' ? [] : findPeople(account, words);
  const teams = words === '' ? [] : findTeams(account, joined, words);
  const isEmpty = people.length + teams.length + search.found.length === 0;

  return (
    <>
      <View className="search-head">
        <SearchField label={t('hint')} onInput={onInput} />
      </View>
      <ScrollView className="fill search-list" scrollY>
        <Group key={`p ${words}`} title={t('people')} found={people} words={words} />
        <Group key={`t ${words}`} title={t('teams')} found={teams} words={words} />
        <Messages account={account} search={search} />
        {words !== '' && isEmpty && search.state === 'ready' && (
          <View className="sr-state">{t('none', { words: search.query.keyword })}</View>
        )}
        {search.state === 'loading' && <View className="sr-state">{t('loading')}</View>}
        {search.error && (
          <View className="sr-more" ariaRole="button" onClick={() => search.retry()}>
            {t('failed', { reason: reasonText(search.error.code, language) })}{' '}
            {appTexts(language)('common.retry')}
          </View>
        )}
      </ScrollView>
    </>
  );
});

interface GroupProps {
  title: string;
  found: readonly Found[];
  words: string;
}

/** Found people or teams. */
function Group({ title, found, words }: GroupProps) {
  const navigate = useNavigate();
  const open = useCallback(
    ({ currentTarget }: CommonEvent) =>
      navigate(routes.chat((currentTarget.dataset as { id: string }).id)),
    [navigate],
  );
  return (
    <Rows title={title}>
      {found.map(({ conversationId, ...rest }) => (
        <ResultRow key={conversationId} id={conversationId} {...rest} words={words} onTap={open} />
      ))}
    </Rows>
  );
}

/** The first rows of a group, and the others after "more". */
function Rows({ title, children }: { title: string; children: readonly ReactNode[] }) {
  const t = useTexts(searchTexts);
  const [isWhole, setWhole] = useState(false);
  if (children.length === 0) return null;
  return (
    <View>
      <View className="sr-title">{title}</View>
      {isWhole ? children : children.slice(0, FIRST_ROWS)}
      {!isWhole && children.length > FIRST_ROWS && (
        <View className="sr-more" ariaRole="button" onClick={() => setWhole(true)}>
          {t('more')}
        </View>
      )}
    </View>
  );
}

interface MessagesProps {
  account: AccountStores;
  search: MessageSearch;
}

/** A conversation with a single hit opens at the message; with more hits it opens its own search. */
const Messages = observer(function Messages({ account, search }: MessagesProps) {
  const { settings } = useStores();
  const t = useTexts(searchTexts);
  const navigate = useNavigate();
  const { keyword } = search.query;
  const groups = byConversation(search.found);
  const open = ({ currentTarget }: CommonEvent) => {
    const { id } = currentTarget.dataset as { id: string };
    const group = groups.find(([{ conversationId }]) => conversationId === id);
    if (!group) return;
    navigate(group.length === 1 ? routes.message(id, group[0]) : routes.searchChat(id, keyword));
  };
  return (
    <Rows key={keyword} title={t('messages')}>
      {groups.map((group) => {
        const [first] = group;
        const { conversationId, createTime } = first;
        const isOne = group.length === 1;
        return (
          <ResultRow
            key={conversationId}
            id={conversationId}
            {...faceOf(account, conversationId)}
            note={
              isOne
                ? messageText(account, first, settings.language)
                : t('related', { count: group.length })
            }
            time={listTime(createTime, today.now(), appTexts(settings.language))}
            words={isOne ? keyword : ''}
            onTap={open}
          />
        );
      })}
    </Rows>
  );
});

/** The teams of the account, from the SDK's memory; none when the SDK does not answer. */
function useJoinedTeams({ connection }: AccountStores): readonly V2NIMTeam[] {
  const { isOnline } = useStores().connection;
  const [teams, setTeams] = useState<readonly V2NIMTeam[]>([]);
  useEffect(() => {
    if (!isOnline) return;
    connection.services.team.getJoinedTeamList().then(setTeams, () => undefined);
  }, [connection, isOnline]);
  return teams;
}
