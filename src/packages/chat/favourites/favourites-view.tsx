import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import { useEffect, useMemo } from 'react';
import { oneLine } from '@/components/format/one-line';
import { kindText } from '@/components/format/preview-text';
import { separatorTime } from '@/components/format/time';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { confirm, toast } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { classes } from '@/components/ui/classes';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { ConnectionError } from '@/connection';
import { appTexts } from '@/i18n';
import { systemClock } from '@/platform';
import { MessageType } from '@/sdk/constants';
import type { AccountStores } from '@/stores';
import { type Favourite, Favourites } from '@/stores/chat/favourites';
import { messageKind, previewTextOf } from '@/stores/messages/kinds';
import { startForward } from '../forward/start-forward';
import { forwardTexts } from '../forward/texts';
import { KeptRow } from '../kept-row';
import { chatTexts } from '../texts';
import { forwardedRow } from './forwarded-row';
import './favourites.scss';

const KINDS = [
  [null, 'favourites.all'],
  [MessageType.TEXT, 'favourites.text'],
  [MessageType.IMAGE, 'favourites.image'],
  [MessageType.AUDIO, 'favourites.audio'],
  [MessageType.VIDEO, 'favourites.video'],
  [MessageType.FILE, 'favourites.file'],
] as const;

/** The messages that the account has collected, on all its devices. */
export const FavouritesView = observer(function FavouritesView() {
  const { account } = useStores();
  return (
    <>
      <ConnectionBanner />
      {account ? <List account={account} /> : <Skeleton />}
    </>
  );
});

const List = observer(function List({ account }: { account: AccountStores }) {
  const t = useTexts(chatTexts);
  const { connection: link } = useStores();
  const { connection } = account;
  const favourites = useMemo(() => new Favourites(connection, systemClock), [connection]);
  const { isOnline } = link;
  useEffect(() => {
    if (isOnline && !favourites.isReady) void favourites.show(favourites.messageType);
  }, [favourites, isOnline]);
  return (
    <>
      <ScrollView className="fav-kinds" scrollX enhanced showScrollbar={false}>
        <View ariaRole="tablist">
          {KINDS.map(([type, key]) => (
            <View
              key={key}
              className={classes('fav-kind', favourites.messageType === type && 'fav-on')}
              ariaRole="tab"
              onClick={() => void favourites.show(type)}
            >
              {t(key)}
            </View>
          ))}
        </View>
      </ScrollView>
      <Items favourites={favourites} />
    </>
  );
});

const Items = observer(function Items({ favourites }: { favourites: Favourites }) {
  const { settings } = useStores();
  const t = useTexts(chatTexts);
  const appT = useTexts(appTexts);
  const { items, error, isReady, isLoading } = favourites;
  const rows = useRowHandlers(favourites);
  if (items.length === 0) {
    if (error)
      return (
        <EmptyState
          title={t('favourites.failed')}
          hint={reasonText(error.code, settings.language)}
          action={appT('common.retry')}
          onAction={() => void favourites.more()}
        />
      );
    return isReady && !isLoading ? (
      <EmptyState title={t('favourites.none')} hint={t('favourites.hint')} />
    ) : (
      <Skeleton />
    );
  }
  return (
    <ScrollView className="fill" scrollY enhanced onScrollToLower={() => void favourites.more()}>
      {items.map((item) => (
        <Row key={item.collection.collectionId} item={item} {...rows} />
      ))}
      <View
        className={error ? 'kept-off' : 'gone'}
        ariaRole={error ? 'button' : undefined}
        onClick={() => void favourites.more()}
      >
        {error && `${reasonText(error.code, settings.language)} · ${appT('common.retry')}`}
      </View>
    </ScrollView>
  );
});

function useRowHandlers(favourites: Favourites) {
  const root = useStores();
  const navigate = useNavigate();
  return useMemo(() => {
    const itemOf = ({ currentTarget }: CommonEvent) => {
      const { id } = currentTarget.dataset as { id?: string };
      return favourites.items.find(({ collection }) => collection.collectionId === id);
    };
    const open = (event: CommonEvent) => {
      const item = itemOf(event);
      if (!item) return;
      if (item.messageType === (MessageType.TEXT as number)) {
        root.textToSelect = item.text;
        navigate(routes.selectText);
      } else if (item.conversationId && item.messageClientId)
        navigate(routes.message(item.conversationId, item));
    };
    const remove = async (item: Favourite) => {
      const { language } = root.settings;
      const isSure = await confirm({
        content: chatTexts(language)('favourites.removeConfirm'),
        confirmText: appTexts(language)('common.delete'),
        cancelText: appTexts(language)('common.cancel'),
      });
      if (!isSure) return;
      try {
        await favourites.remove(item);
      } catch (cause) {
        toast(reasonText(ConnectionError.from(cause).code, language));
      }
    };
    const onRemove = (event: CommonEvent) => {
      const item = itemOf(event);
      if (item) void remove(item);
    };
    const onForward = (event: CommonEvent) => {
      const item = itemOf(event);
      if (!item) return;
      const { conversationId } = item;
      const { language } = root.settings;
      const rows = [forwardedRow(item)];
      void startForward({ conversationId, rows, language, navigate, onSent: () => undefined });
    };
    return { open, onRemove, onForward };
  }, [favourites, root, navigate]);
}

interface RowProps {
  item: Favourite;
  open: (event: CommonEvent) => void;
  onRemove: (event: CommonEvent) => void;
  onForward: (event: CommonEvent) => void;
}

const Row = observer(function Row({ item, open, onRemove, onForward }: RowProps) {
  const appT = useTexts(appTexts);
  const forwardT = useTexts(forwardTexts);
  const { collection, messageType, text, attachment, senderName, createTime } = item;
  const { collectionId: id } = collection;
  const preview = previewTextOf({ messageType, text, attachment } as never);
  return (
    <KeptRow
      id={id}
      onOpen={open}
      acts={[
        [forwardT('action'), onForward],
        [appT('common.delete'), onRemove],
      ]}
    >
      <View className="kept-line ellipsis">
        {oneLine(kindText(messageKind(messageType), preview, appT))}
      </View>
      <View className="kept-note ellipsis">
        {senderName} {createTime > 0 && separatorTime(createTime, today.now(), appT)}
      </View>
    </KeptRow>
  );
});
