import { View } from '@tarojs/components';
import { useCallback } from 'react';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { FriendList } from '@/components/people/friend-list';
import { Badge } from '@/components/ui/badge';
import { Skeleton } from '@/components/ui/skeleton';
import { Slot } from '@/components/ui/slot';
import { appTexts } from '@/i18n';
import type { AccountStores } from '@/stores';
import './contacts.scss';

export const ContactsView = observer(function ContactsView() {
  const { account } = useStores();
  return (
    <>
      <ConnectionBanner />
      {account ? <Contacts account={account} /> : <Skeleton />}
    </>
  );
});

/** The entries between the search and the people, where WeChat has its groups. */
function Entries({ account, hidden }: { account: AccountStores; hidden: boolean }) {
  return <Slot>{!hidden && <EntryList account={account} />}</Slot>;
}

const EntryList = observer(function EntryList({ account }: { account: AccountStores }) {
  const t = useTexts(appTexts);
  const { remoteConfig } = useStores();
  return (
    <>
      <Entry
        mark="av-1"
        glyph="+"
        title={t('contacts.requests')}
        url={routes.requests}
        count={account.requests.unread}
      />
      <Entry
        mark="av-2"
        glyph="≡"
        title={t('contacts.teams')}
        url={routes.teams}
        count={account.asks.unread}
      />
      <Entry
        mark="av-4"
        glyph="!"
        title={t('contacts.notices')}
        url={routes.notices}
        count={account.notices.unread}
      />
      <Entry mark="av-7" glyph="×" title={t('contacts.blocked')} url={routes.blocked} />
      {process.env.PRODUCT_ROOMS !== 'off' && remoteConfig.chatroomEnabled && (
        <Entry mark="rooms-mark" title={t('contacts.rooms')} url={routes.rooms} />
      )}
    </>
  );
});

interface EntryProps {
  /** The class of the picture. */
  mark: string;
  glyph?: string;
  title: string;
  url: string;
  count?: number;
}

function Entry({ mark, glyph, title, url, count = 0 }: EntryProps) {
  const navigate = useNavigate();
  return (
    <View
      className="contact contacts-entry"
      hoverClass="pressed"
      ariaRole="button"
      onClick={() => navigate(url)}
    >
      <View className={`av av-s ${mark}`}>{glyph}</View>
      <View className="contact-name ellipsis">{title}</View>
      <Badge count={count} />
    </View>
  );
}

const Contacts = observer(function Contacts({ account }: { account: AccountStores }) {
  const navigate = useNavigate();
  const open = useCallback((accountId: string) => navigate(routes.card(accountId)), [navigate]);
  const above = useCallback(
    (isSearching: boolean) => <Entries account={account} hidden={isSearching} />,
    [account],
  );
  return <FriendList account={account} onPick={open} above={above} />;
});
