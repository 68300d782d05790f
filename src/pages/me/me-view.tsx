import { Button as HostButton, ScrollView, View } from '@tarojs/components';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Cell } from '@/components/ui/cell';
import { useCore } from '@/components/page/core-context';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { choose, confirm } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { SOCKETS_TOTAL } from '@/connection';
import type { Core } from '@/connection/boot';
import type { AccountStores, ConnectionStore } from '@/stores';
import { appTexts } from '@/i18n';
import './me.scss';

export const MeView = observer(function MeView() {
  const { account, session, settings, connection, remoteConfig } = useStores();
  const { gate } = useCore();
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  const losses = () => (account?.messages.hasUnsent ? [t('me.unsentLost')] : []);
  const signOut = async () => {
    const isSure = await confirm({
      content: [
        t(session.others.length > 0 ? 'me.signOutAllConfirm' : 'me.signOutConfirm'),
        ...losses(),
      ].join('\n'),
      confirmText: t('me.signOut'),
      cancelText: t('common.cancel'),
    });
    if (isSure) await session.signOut();
  };

  const changeAccount = async () => {
    const other = await choose(
      [...session.others, null],
      (accountId) => accountId ?? t('me.otherAccount'),
      settings.language,
    );
    if (other === undefined) return;
    const [loss] = losses();
    const isSure =
      !loss ||
      (await confirm({
        content: loss,
        confirmText: t('me.switch'),
        cancelText: t('common.cancel'),
      }));
    if (!isSure) return;
    if (other) await session.switchTo(other);
    else await session.leave();
  };

  return (
    <>
      <ConnectionBanner />
      <ScrollView className="fill" scrollY enhanced>
        {account && <ProfileCard account={account} />}
        <View className="me-group">
          {process.env.PRODUCT_ROOMS !== 'off' && remoteConfig.chatroomEnabled && (
            <Cell title={t('contacts.rooms')} onClick={() => navigate(routes.rooms)} />
          )}
        </View>
        <View className="me-group">
          {process.env.PRODUCT_FAVOURITES !== 'off' && (
            <Cell title={t('me.favourites')} onClick={() => navigate(routes.favourites)} />
          )}
          {process.env.PRODUCT_REMINDERS !== 'off' && (
            <Cell title={t('me.reminders')} onClick={() => navigate(routes.reminders)} />
          )}
          {process.env.PRODUCT_DEVICES !== 'off' && (
            <Cell title={t('me.devices')} onClick={() => navigate(routes.devices)} />
          )}
          {process.env.PRODUCT_MEETINGS !== 'off' && remoteConfig.meetingEnabled && (
            <Cell title={t('me.meeting')} onClick={() => navigate(routes.meeting)} />
          )}
          <Cell
            title={t('me.inspector')}
            value={meter(gate, connection)}
            onClick={() => navigate(routes.inspector)}
          />
        </View>
        <View className="me-group">
          <Cell title={t('me.settings')} onClick={() => navigate(routes.settings)} />
          <Cell title={t('me.switchAccount')} onClick={() => void changeAccount()} />
        </View>
        {process.env.TARO_ENV === 'weapp' && remoteConfig.customerServiceEnabled && (
          <View className="me-group">
            <HostButton
              className="cell cell-link me-contact"
              hoverClass="pressed"
              openType="contact"
            >
              <View className="cell-title">{t('me.customerService')}</View>
            </HostButton>
          </View>
        )}
        <View className="me-group">
          <Button kind="danger" onClick={() => void signOut()}>
            {t('me.signOut')}
          </Button>
        </View>
      </ScrollView>
    </>
  );
});

/** The socket budget in short: state, and live sockets of the five that WeChat allows. */
function meter(gate: Core['gate'], { state }: ConnectionStore): string {
  return `${state.name} ${gate.counts().live}/${SOCKETS_TOTAL}`;
}

const ProfileCard = observer(function ProfileCard({ account }: { account: AccountStores }) {
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  const { self } = account.users;
  return (
    <View
      className="profile"
      hoverClass="pressed"
      ariaRole="button"
      onClick={() => navigate(routes.profile)}
    >
      <Avatar accountId={self.accountId} name={self.name} url={self.avatar} large />
      <View className="profile-text">
        <View className="profile-name ellipsis">{self.name}</View>
        <View className="profile-line ellipsis">
          {t('me.account', { accountId: self.accountId })}
        </View>
        {self.sign !== '' && <View className="profile-line ellipsis">{self.sign}</View>}
      </View>
    </View>
  );
});
