import { ScrollView, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { ClearHistoryCell } from '@/components/history/clear-history-cell';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { useOnline } from '@/components/people/use-online';
import { askToReport } from '@/components/report/ask-to-report';
import { reportTexts } from '@/components/report/texts';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Cell } from '@/components/ui/cell';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Toggle } from '@/components/ui/toggle';
import { appTexts } from '@/i18n';
import type { AccountStores } from '@/stores';
import { PersonCard } from '@/stores/people/person-card';
import { genderKey } from '../gender';
import { peopleTexts } from '../texts';
import { useCardActs } from './use-card-acts';
import '../people.scss';

export const CardView = observer(function CardView({ params }: { params: PageParams }) {
  const { account } = useStores();
  const accountId = paramOf(params, 'account');
  return account && <Card account={account} accountId={accountId} />;
});

interface CardProps {
  account: AccountStores;
  accountId: string;
}

/** The card of a friend, of a stranger, or of this account. */
const Card = observer(function Card({ account, accountId }: CardProps) {
  const t = useTexts(peopleTexts);
  const appT = useTexts(appTexts);
  const { language } = useStores().settings;
  const [card] = useState(() => new PersonCard(account, accountId));
  useEffect(() => () => card.dispose(), [card]);
  if (card.state === 'missing')
    return (
      <EmptyState title={t('card.missing')} hint={t('card.missingHint', { account: accountId })} />
    );
  if (!card.user.known) {
    if (card.state === 'loading') return <Skeleton />;
    return (
      <EmptyState
        title={t('card.error')}
        hint={card.error ? reasonText(card.error.code, language) : ''}
        action={appT('common.retry')}
        onAction={() => void card.load()}
      />
    );
  }
  return (
    <ScrollView className="fill" scrollY enhanced>
      <Head account={account} card={card} />
      <Details card={card} />
      {!card.isMe && <Acts account={account} card={card} />}
    </ScrollView>
  );
});

interface CardPartProps {
  account: AccountStores;
  card: PersonCard;
}

const Head = observer(function Head({ account, card: { user } }: CardPartProps) {
  const t = useTexts(peopleTexts);
  const { accountId, name, profileName, alias, avatar } = user;
  const isOnline = useOnline(account, accountId);
  return (
    <View className="p-head">
      <Avatar accountId={accountId} name={name} url={avatar} large />
      <View className="p-texts">
        <View className="p-big">{name}</View>
        {alias !== '' && <View className="p-line">{t('card.nick', { name: profileName })}</View>}
        <View className="p-line">{t('card.account', { account: accountId })}</View>
        {isOnline !== null && (
          <View className="p-line">{t(isOnline ? 'card.online' : 'card.offline')}</View>
        )}
      </View>
    </View>
  );
});

const DETAILS = ['birthday', 'mobile', 'email', 'sign'] as const;

const Details = observer(function Details({ card: { user } }: { card: PersonCard }) {
  const t = useTexts(peopleTexts);
  const { profile } = user;
  return (
    <View className="p-group">
      <Field title={t('card.gender')} value={t(genderKey(profile?.gender))} />
      {DETAILS.map((field) => (
        <Field key={field} title={t(`card.${field}`)} value={profile?.[field] || t('card.none')} />
      ))}
    </View>
  );
});

/** A line of the profile; a long value wraps. */
function Field({ title, value }: { title: string; value: string }) {
  return (
    <View className="p-switch">
      <View className="p-label">{title}</View>
      <View className="p-value">{value}</View>
    </View>
  );
}

const Acts = observer(function Acts({ account, card }: CardPartProps) {
  const t = useTexts(peopleTexts);
  const root = useStores();
  const reportT = useTexts(reportTexts);
  const acts = useCardActs(account, card);
  const asked = account.requests.list.find(
    ({ peerId, incoming, state }) => incoming && state === 'pending' && peerId === card.accountId,
  );
  const { isFriend, isMuted, isBlocked, user } = card;
  const conversationId = account.conversations.conversationIdWith(card.accountId);
  const row = account.conversations.get(conversationId);
  return (
    <>
      <View className="p-group">
        {isFriend && (
          <Cell
            title={t('card.remark')}
            value={user.alias || t('card.none')}
            onClick={acts.remark}
          />
        )}
        <Toggle label={t('card.muted')} checked={isMuted} onChange={acts.mute} />
        {row && (
          <Toggle
            label={t('card.pinned')}
            checked={row.stickTop}
            onChange={(isOn) => acts.pin(conversationId, isOn)}
          />
        )}
        <Toggle label={t('card.blocked')} checked={isBlocked} onChange={acts.block} />
        {row && <ClearHistoryCell account={account} conversationId={conversationId} />}
      </View>
      <View className="p-space">
        {!isFriend && asked && (
          <Button onClick={() => acts.accept(asked)}>{t('card.accept')}</Button>
        )}
        {!isFriend && !asked && <Button onClick={acts.add}>{t('card.add')}</Button>}
        <Button kind={isFriend ? 'primary' : 'quiet'} onClick={acts.chat}>
          {t('card.chat')}
        </Button>
        {process.env.PRODUCT_CALLS !== 'off' && (
          <>
            <Button kind="quiet" onClick={() => acts.call('audio')}>
              {t('card.audio')}
            </Button>
            <Button kind="quiet" onClick={() => acts.call('video')}>
              {t('card.video')}
            </Button>
          </>
        )}
        {root.remoteConfig.reportEnabled && (
          <Button
            kind="quiet"
            onClick={() => void askToReport(root, { accountId: card.accountId })}
          >
            {reportT('report')}
          </Button>
        )}
        {isFriend && (
          <Button kind="danger" onClick={acts.unfriend}>
            {t('card.delete')}
          </Button>
        )}
      </View>
    </>
  );
});
