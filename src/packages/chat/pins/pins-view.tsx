import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import { useCallback, useEffect, useMemo } from 'react';
import { kindText } from '@/components/format/preview-text';
import { oneLine } from '@/components/format/one-line';
import { separatorTime } from '@/components/format/time';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { toast } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { ConnectionError } from '@/connection';
import { appTexts } from '@/i18n';
import { systemClock } from '@/platform';
import type { AccountStores } from '@/stores';
import { actsOf } from '@/stores/chat/acts';
import { PinnedMessages } from '@/stores/chat/pinned-messages';
import type { Pin } from '@/stores/chat/pins';
import { previewTextOf, readMessage } from '@/stores/messages/kinds';
import { KeptRow } from '../kept-row';
import { chatTexts } from '../texts';

/** The marked messages of a conversation, the newest mark first. */
export const PinsView = observer(function PinsView({ params }: { params: PageParams }) {
  const { account } = useStores();
  const conversationId = paramOf(params, 'conversationId');
  return (
    <>
      <ConnectionBanner />
      {account ? <List account={account} conversationId={conversationId} /> : <Skeleton />}
    </>
  );
});

interface ListProps {
  account: AccountStores;
  conversationId: string;
}

const List = observer(function List({ account, conversationId }: ListProps) {
  const { settings } = useStores();
  const t = useTexts(chatTexts);
  const appT = useTexts(appTexts);
  const all = actsOf(account, systemClock).pins;
  const pins = all.of(conversationId);
  const messages = useMemo(() => new PinnedMessages(account.connection, systemClock), [account]);
  useEffect(() => all.watch(conversationId), [all, conversationId]);
  const { list } = pins;
  useEffect(() => void messages.load(list), [messages, list]);
  const { navigate, remove } = useRowHandlers(account, conversationId);
  if (list.length === 0) {
    if (pins.error)
      return (
        <EmptyState
          title={t('pins.failed')}
          hint={reasonText(pins.error.code, settings.language)}
          action={appT('common.retry')}
          onAction={() => void pins.load()}
        />
      );
    return pins.isReady ? (
      <EmptyState title={t('pins.none')} hint={t('pins.hint')} />
    ) : (
      <Skeleton />
    );
  }
  return (
    <ScrollView className="fill" scrollY enhanced>
      {list.map((pin) => (
        <Row key={pin.refer.messageClientId} {...{ account, pin, messages, navigate, remove }} />
      ))}
    </ScrollView>
  );
});

function useRowHandlers(account: AccountStores, conversationId: string) {
  const { settings } = useStores();
  const go = useNavigate();
  const { pins } = actsOf(account, systemClock);
  const pinOf = useCallback(
    ({ currentTarget }: CommonEvent) =>
      pins.of(conversationId).of((currentTarget.dataset as { id: string }).id),
    [pins, conversationId],
  );
  const navigate = useCallback(
    (event: CommonEvent) => {
      const pin = pinOf(event);
      if (pin) go(routes.message(conversationId, pin.refer));
    },
    [pinOf, go, conversationId],
  );
  const remove = useCallback(
    (event: CommonEvent) => {
      const pin = pinOf(event);
      if (!pin) return;
      pins.unpin(pin.refer).catch((cause: unknown) => {
        toast(reasonText(ConnectionError.from(cause).code, settings.language));
      });
    },
    [pinOf, pins, settings],
  );
  return { navigate, remove };
}

interface RowProps {
  account: AccountStores;
  pin: Pin;
  messages: PinnedMessages;
  navigate: (event: CommonEvent) => void;
  remove: (event: CommonEvent) => void;
}

const Row = observer(function Row({ account, pin, messages, navigate, remove }: RowProps) {
  const t = useTexts(chatTexts);
  const appT = useTexts(appTexts);
  const { messageClientId: id, conversationId, senderId, createTime } = pin.refer;
  const message = messages.of(id);
  const nameOf = (one: string) => account.nameIn(conversationId, one);
  const text = message
    ? oneLine(kindText(readMessage(message).kind, previewTextOf(message), appT))
    : t(message === null ? 'message.gone' : 'pins.loading');
  return (
    <KeptRow id={id} onOpen={navigate} acts={[[t('unpin'), remove]]}>
      <View className="kept-note ellipsis">
        {nameOf(senderId)} · {separatorTime(createTime, today.now(), appT)}
      </View>
      <View className="kept-line ellipsis">{text}</View>
      <View className="kept-note ellipsis">{t('pin.by', { name: nameOf(pin.by) })}</View>
    </KeptRow>
  );
});
