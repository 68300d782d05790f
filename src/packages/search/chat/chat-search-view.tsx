import { type CommonEvent, Picker, ScrollView, View } from '@tarojs/components';
import { useCallback, useEffect, useState } from 'react';
import { choose, toast } from '@/components/page/dialogs';
import { listTime } from '@/components/format/time';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { SearchField } from '@/components/ui/search-field';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { ConnectionError } from '@/connection';
import { Code } from '@/sdk/codes';
import { appTexts } from '@/i18n';
import type { AccountStores } from '@/stores';
import { dayText, messageOfDay } from '@/stores/chat/message-of-day';
import { isListing, MessageSearch, type MessageQuery, type SearchKinds } from '../message-search';
import { MediaGrid } from '../media-grid';
import { messageText } from '../message-text';
import { ResultRow } from '../result-row';
import { searchTexts } from '../texts';
import '../search.scss';

const DAY_MS = 86_400_000;
/** Days back that the search can be limited to; 0 for no limit. */
const DAYS = [0, 1, 3, 7, 30] as const;
/** WeChat's sheet has six lines. */
const SENDERS = 4;

export const ChatSearchView = observer(function ChatSearchView({ params }: { params: PageParams }) {
  const { account, settings } = useStores();
  const conversationId = paramOf(params, 'conversationId');
  if (!account) return <Skeleton />;
  if (!conversationId)
    return <EmptyState title={reasonText(Code.invalidParameter, settings.language)} />;
  return (
    <ChatSearch
      account={account}
      conversationId={conversationId}
      words={paramOf(params, 'words')}
    />
  );
});

interface ChatSearchProps {
  account: AccountStores;
  conversationId: string;
  words: string;
}

const ChatSearch = observer(function ChatSearch({
  account,
  conversationId,
  words,
}: ChatSearchProps) {
  const root = useStores();
  const { language } = root.settings;
  const t = useTexts(searchTexts);
  const navigate = useNavigate();
  const [search] = useState(() => new MessageSearch(account));
  const { isOnline } = root.connection;
  useEffect(() => {
    search.search({ keyword: words, conversationId });
    return () => search.dispose();
  }, [search, words, conversationId]);
  useEffect(() => {
    if (isOnline) search.retry();
  }, [isOnline, search]);
  const change = useCallback(
    (part: Partial<MessageQuery>) => search.search({ ...search.query, ...part }),
    [search],
  );
  const onInput = useCallback(
    ({ detail }: { detail: { value: string } }) => {
      const keyword = detail.value.trim();
      if (keyword !== search.query.keyword) change({ keyword });
    },
    [search, change],
  );
  const open = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id: string };
      const message = search.found.find(({ messageClientId }) => messageClientId === id);
      if (message) navigate(routes.message(conversationId, message));
    },
    [search, conversationId, navigate],
  );
  const openDay = async (day: string) => {
    try {
      const message = await messageOfDay(account, conversationId, day);
      if (message) navigate(routes.message(conversationId, message));
      else toast(t('date.none'));
    } catch (cause) {
      toast(reasonText(ConnectionError.from(cause).code, language));
    }
  };
  const { found, query, state, error } = search;

  return (
    <>
      <View className="search-head">
        <SearchField label={t('chat.hint')} value={words} onInput={onInput} />
      </View>
      <View className="sr-chips">
        <SenderChip account={account} search={search} onChoose={change} />
        <TimeChip query={query} onChoose={change} />
        <KindsChip query={query} onChoose={change} />
        <Picker
          mode="date"
          value={dayText(Date.now())}
          onChange={({ detail }) => void openDay(String(detail.value))}
        >
          <View className="sr-chip" ariaRole="button">
            {t('date')}
          </View>
        </Picker>
      </View>
      <ScrollView className="fill search-list" scrollY onScrollToLower={() => search.more()}>
        {isListing(query) && query.kinds === 'media' ? (
          <MediaGrid account={account} messages={found} onTap={open} />
        ) : (
          found.map((message) => (
            <ResultRow
              key={message.messageClientId}
              id={message.messageClientId}
              targetId={message.senderId}
              name={account.nameIn(conversationId, message.senderId)}
              avatar={account.users.get(message.senderId).avatar}
              note={messageText(account, message, language)}
              time={listTime(message.createTime, today.now(), appTexts(language))}
              words={query.keyword}
              onTap={open}
            />
          ))
        )}
        {state === 'ready' && found.length === 0 && (
          <View className="sr-state">
            {query.keyword === '' ? t('kinds.none') : t('none', { words: query.keyword })}
          </View>
        )}
        {state === 'loading' && <View className="sr-state">{t('loading')}</View>}
        {error && (
          <View className="sr-more" ariaRole="button" onClick={() => search.retry()}>
            {t('failed', { reason: reasonText(error.code, language) })}{' '}
            {appTexts(language)('common.retry')}
          </View>
        )}
      </ScrollView>
    </>
  );
});

interface ChipProps {
  onChoose: (part: Partial<MessageQuery>) => void;
}

/** Limits the search to a sender: the account itself, and the authors of the found messages. */
const SenderChip = observer(function SenderChip({
  account,
  search,
  onChoose,
}: ChipProps & { account: AccountStores; search: MessageSearch }) {
  const { language } = useStores().settings;
  const t = useTexts(searchTexts);
  const { conversationId = '', senderId } = search.query;
  const nameOf = (id: string | undefined) =>
    id === undefined
      ? t('sender.all')
      : id === account.accountId
        ? t('sender.mine')
        : account.nameIn(conversationId, id);
  const ask = async () => {
    const authors = new Set(search.found.map((message) => message.senderId));
    authors.delete(account.accountId);
    const options = [{}, { senderId: account.accountId }].concat(
      [...authors].slice(0, SENDERS).map((id) => ({ senderId: id })),
    ) as { senderId?: string }[];
    const chosen = await choose(options, (one) => nameOf(one.senderId), language);
    if (chosen) onChoose({ senderId: chosen.senderId });
  };
  return (
    <View className="sr-chip" ariaRole="button" onClick={() => void ask()}>
      {nameOf(senderId)}
    </View>
  );
});

const KINDS: readonly (SearchKinds | 'all')[] = ['all', 'media', 'files'];

const KindsChip = observer(function KindsChip({
  query,
  onChoose,
}: ChipProps & { query: MessageQuery }) {
  const { language } = useStores().settings;
  const t = useTexts(searchTexts);
  const ask = async () => {
    const chosen = await choose(KINDS, (one) => t(`kinds.${one}`), language);
    if (chosen) onChoose({ kinds: chosen === 'all' ? undefined : chosen });
  };
  return (
    <View className="sr-chip" ariaRole="button" onClick={() => void ask()}>
      {t(`kinds.${query.kinds ?? 'all'}`)}
    </View>
  );
});

const TimeChip = observer(function TimeChip({
  query,
  onChoose,
}: ChipProps & { query: MessageQuery }) {
  const { language } = useStores().settings;
  const t = useTexts(searchTexts);
  const [days, setDays] = useState<(typeof DAYS)[number]>(0);
  const nameOf = (one: (typeof DAYS)[number]) => t(one === 0 ? 'time.all' : `time.${one}`);
  const ask = async () => {
    const chosen = await choose(DAYS, nameOf, language);
    if (chosen === undefined) return;
    setDays(chosen);
    const midnight = new Date().setHours(0, 0, 0, 0);
    onChoose({ since: chosen === 0 ? undefined : midnight - (chosen - 1) * DAY_MS });
  };
  return (
    <View className="sr-chip" ariaRole="button" onClick={() => void ask()}>
      {nameOf(query.since === undefined ? 0 : days)}
    </View>
  );
});
