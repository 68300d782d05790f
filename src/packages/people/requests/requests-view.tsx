import { View } from '@tarojs/components';
import { useCallback, useEffect } from 'react';
import { separatorTime } from '@/components/format/time';
import { confirm } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { EmptyState } from '@/components/ui/empty-state';
import { WindowedList } from '@/components/ui/windowed-list';
import { appTexts } from '@/i18n';
import type { AccountStores, FriendRequest } from '@/stores';
import { acceptRequest, rejectRequest } from '@/stores/people/friend-answers';
import { askText } from '@/components/page/ask-text';
import { attempt } from '@/components/page/attempt';
import { type PeopleKey, peopleTexts } from '../texts';
import { Who } from '../who';
import '../people.scss';

/** The height of a request in people.scss. */
const HEIGHT = 88;
const heightOf = () => HEIGHT;

/** The requests of others and of this account, newest first. Those that are shown count as read. */
export const RequestsView = observer(function RequestsView() {
  const { account } = useStores();
  return account && <Requests account={account} />;
});

const Requests = observer(function Requests({ account }: { account: AccountStores }) {
  const t = useTexts(peopleTexts);
  const appT = useTexts(appTexts);
  const navigate = useNavigate();
  const { requests } = account;
  const { list, unread } = requests;
  useEffect(() => {
    if (unread > 0) requests.update(({ read }) => !read, { read: true });
  }, [requests, unread]);
  const renderRow = useCallback(
    (request: FriendRequest) => <Request account={account} request={request} />,
    [account],
  );
  const clear = async () => {
    const isSure = await confirm({
      content: t('requests.clearConfirm'),
      confirmText: t('requests.clear'),
      cancelText: appT('common.cancel'),
    });
    if (isSure) requests.keepOnly(() => false);
  };
  return (
    <>
      <View className="p-bar">
        <Link text={t('add.title')} onTap={() => navigate(routes.addFriend)} />
        {list.length > 0 && <Link text={t('requests.clear')} onTap={() => void clear()} />}
      </View>
      {list.length > 0 ? (
        <WindowedList rows={list} heightOf={heightOf} renderRow={renderRow} />
      ) : (
        <EmptyState title={t('requests.empty')} hint={t('requests.emptyHint')} />
      )}
    </>
  );
});

function Link({ text, onTap }: { text: string; onTap: () => void }) {
  return (
    <View className="p-link" ariaRole="button" hoverClass="pressed" onClick={onTap}>
      {text}
    </View>
  );
}

interface RequestProps {
  account: AccountStores;
  request: FriendRequest;
}

/** A request with its state, or with the buttons that answer it. */
export const Request = observer(function Request({ account, request }: RequestProps) {
  const t = useTexts(peopleTexts);
  const appT = useTexts(appTexts);
  const { language } = useStores().settings;
  const { peerId, incoming, state, time } = request;
  const user = account.users.get(peerId);
  const isOpen = incoming && state === 'pending';
  const accept = () =>
    void attempt(() => acceptRequest(account, request, t('requests.greeting')), language);
  const reject = async () => {
    const question = { title: t('requests.reject'), hint: t('requests.rejectText') };
    const text = await askText(question, language);
    if (text !== null) await attempt(() => rejectRequest(account, request, text), language);
  };
  return (
    <View className="p-row p-request">
      <Who user={user}>
        <View className="p-note ellipsis">{noteOf(request, t)}</View>
        <View className="p-time ellipsis">{separatorTime(time, today.now(), appT)}</View>
      </Who>
      {isOpen ? (
        <>
          <View
            className="p-act"
            ariaRole="button"
            hoverClass="pressed"
            onClick={() => void reject()}
          >
            {t('requests.reject')}
          </View>
          <View className="p-act p-main" ariaRole="button" hoverClass="pressed" onClick={accept}>
            {t('requests.accept')}
          </View>
        </>
      ) : (
        <View className="p-state">{t(stateKey(request))}</View>
      )}
    </View>
  );
});

type Texts = ReturnType<typeof peopleTexts>;

function noteOf({ incoming, text, answer, state }: FriendRequest, t: Texts): string {
  if (state === 'rejected' && answer)
    return t(incoming ? 'requests.myAnswer' : 'requests.answer', { answer });
  return text || t(incoming ? 'requests.noText' : 'requests.sent');
}

function stateKey({ incoming, state }: FriendRequest): PeopleKey {
  return state === 'rejected' && !incoming ? 'state.rejectedByPeer' : `state.${state}`;
}
