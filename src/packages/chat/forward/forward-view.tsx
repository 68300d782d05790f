import { type CommonEvent, Input, View } from '@tarojs/components';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { quoteText } from '@/components/format/quote-text';
import { toast } from '@/components/page/dialogs';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { SearchField } from '@/components/ui/search-field';
import { Skeleton } from '@/components/ui/skeleton';
import { WindowedList } from '@/components/ui/windowed-list';
import { ConnectionError } from '@/connection';
import { appTexts, type Texts, type Language } from '@/i18n';
import type { AccountStores } from '@/stores';
import { chatTexts } from '../texts';
import { forward, type ForwardRequest, forwardRequests } from './forward';
import { MOST_TARGETS, type Target, Targets } from './targets';
import { type ForwardTextKey, forwardTexts } from './texts';
import '@/components/people/friend-list.scss';
import './forward.scss';

/** A heading, or a conversation below it. */
type Line = string | Target;

/** The heights in friend-list.scss. */
const HEADING_HEIGHT = 28;
const TARGET_HEIGHT = 56;
const heightOf = (line: Line) => (typeof line === 'string' ? HEADING_HEIGHT : TARGET_HEIGHT);
/** Longest comment, characters: as a text of the composer. */
const COMMENT_LENGTH = 500;

/** Chooses the conversations that messages are forwarded to (`forwardRequests`), and sends them. */
export const ForwardView = observer(function ForwardView() {
  const { account } = useStores();
  const goBack = useGoBack(routes.conversations, 'tab');
  const [request] = useState(() => forwardRequests.current);
  // A browser that reloads the page has lost the messages.
  useEffect(() => {
    if (!request) goBack();
  }, [request, goBack]);
  return account && request ? (
    <Picker account={account} request={request} onDone={goBack} />
  ) : (
    <Skeleton />
  );
});

interface PickerProps {
  account: AccountStores;
  request: ForwardRequest;
  onDone: () => void;
}

const Picker = observer(function Picker({ account, request, onDone }: PickerProps) {
  const t = useTexts(forwardTexts);
  const { language } = useStores().settings;
  const [targets] = useState(() => new Targets(account));
  const [query, setQuery] = useState('');
  const onSearch = useCallback(
    ({ detail }: { detail: { value: string } }) => setQuery(detail.value.trim()),
    [],
  );
  const onTap = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { id = '' } = currentTarget.dataset as { id?: string };
      const closed = account.closedOf(id);
      if (closed && !targets.chosen.has(id)) toast(chatTexts(language)(`closed.${closed}`));
      else if (!targets.toggle(id))
        toast(forwardTexts(language)('most.targets', { count: MOST_TARGETS }));
    },
    [account, targets, language],
  );
  const renderRow = useCallback(
    (row: Line) =>
      typeof row === 'string' ? (
        <View className="letter">{row}</View>
      ) : (
        <TargetRow target={row} targets={targets} onTap={onTap} />
      ),
    [targets, onTap],
  );
  const rows = linesOf(targets, query, t);
  return (
    <>
      <View className="search">
        <SearchField label={t('search')} onInput={onSearch} />
      </View>
      {targets.failed && (
        <View className="fw-retry" ariaRole="button" onClick={() => void targets.loadTeams()}>
          {t('teams.failed')}
        </View>
      )}
      {rows.length === 0 ? (
        <View className="no-match fill">{query ? t('noMatch', { query }) : t('nothing')}</View>
      ) : (
        <WindowedList rows={rows} heightOf={heightOf} renderRow={renderRow} />
      )}
      <Foot account={account} request={request} targets={targets} onDone={onDone} />
    </>
  );
});

interface TargetRowProps {
  target: Target;
  targets: Targets;
  onTap: (event: CommonEvent) => void;
}

const TargetRow = observer(function TargetRow({ target, targets, onTap }: TargetRowProps) {
  const t = useTexts(forwardTexts);
  const { conversationId, targetId, name, avatar } = target;
  const isChosen = targets.chosen.has(conversationId);
  return (
    <View
      className={classes('contact fw', isChosen && 'on')}
      hoverClass="pressed"
      data-id={conversationId}
      ariaRole="button"
      ariaLabel={isChosen ? t('chosen', { name }) : name}
      onClick={onTap}
    >
      <Avatar accountId={targetId} name={name} url={avatar} small />
      <View className="contact-name ellipsis">{name}</View>
    </View>
  );
});

interface FootProps extends PickerProps {
  targets: Targets;
}

/** Says what is forwarded, takes a comment, and sends. */
const Foot = observer(function Foot({ account, request, targets, onDone }: FootProps) {
  const t = useTexts(forwardTexts);
  const { language } = useStores().settings;
  const comment = useRef('');
  const [isSending, setSending] = useState(false);
  const { size: count } = targets.chosen;
  const what = useMemo(
    () => whatOf(account, request, t, language),
    [account, request, t, language],
  );
  const send = async () => {
    setSending(true);
    try {
      await forward(account, request, [...targets.chosen], {
        comment: comment.current.trim(),
        language,
      });
    } catch (cause) {
      const reason = reasonText(ConnectionError.from(cause).code, language);
      toast(t('failed', { reason }));
      setSending(false);
      return;
    }
    forwardRequests.current = null;
    request.onSent();
    onDone();
    toast(t('sent'));
  };
  return (
    <View className="fw-foot">
      <View className="fw-what ellipsis">{what}</View>
      <View className="fw-send">
        <Input
          className="search-field fw-comment"
          placeholder={t('comment')}
          placeholderClass="search-field-placeholder"
          ariaLabel={t('comment')}
          maxlength={COMMENT_LENGTH}
          onInput={({ detail }) => (comment.current = detail.value)}
        />
        <Button disabled={count === 0 || isSending} onClick={() => void send()}>
          {isSending ? t('sending') : t('send', { count })}
        </Button>
      </View>
    </View>
  );
});

function whatOf(
  account: AccountStores,
  { way, rows, conversationId }: ForwardRequest,
  t: Texts<ForwardTextKey>,
  language: Language,
): string {
  const { length: count } = rows;
  const [first] = rows;
  if (way === 'merged') return t('what.merged', { name: account.titleOf(conversationId), count });
  if (count > 1 || !first) return t('what.oneByOne', { count });
  return t('what.one', { text: quoteText(first.message, appTexts(language)) });
}

function linesOf(targets: Targets, query: string, t: Texts<ForwardTextKey>): Line[] {
  const recents = targets.recents(query);
  const shown = new Set(recents.map(({ conversationId }) => conversationId));
  const friends = targets.friends(query, shown);
  const teams = targets.joined(query, shown);
  const part = (heading: string, some: readonly Target[]): Line[] =>
    some.length > 0 ? [heading, ...some] : [];
  return [
    ...part(t('recent'), recents),
    ...part(t('friends'), friends),
    ...part(t('teams'), teams),
  ];
}
