import { ScrollView, Switch, View } from '@tarojs/components';
import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useNavigate } from '@/components/page/navigate';
import { StorageNotice } from '@/components/page/notice';
import { observer } from '@/components/page/observer';
import { sessionReason } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import type { SignIn } from '@/stores';
import { appTexts } from '@/i18n';
import { LoginProgress } from './login-progress';
import { OtherWays } from './other-ways';
import './login.scss';

export const LoginView = observer(function LoginView() {
  const { session } = useStores();
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  const [remember, setRemember] = useState(true);
  const [isOpen, setOpen] = useState(false);
  const signIn = useCallback(
    (how: SignIn) => void session.signIn(how, { remember }),
    [session, remember],
  );
  const isBusy = session.status === 'signingIn' || session.status === 'restoring';

  return (
    <ScrollView className="fill login" scrollY enhanced>
      <StorageNotice />
      <View className="login-body">
        <View className="login-mark" />
        <View className="login-name">{t('app.name')}</View>
        <View className="login-slogan">{t('app.slogan')}</View>
        <Problem />
        {isBusy && <LoginProgress />}
        {/* The form is only hidden meanwhile: its text must still be there after a failure. */}
        <View className={isBusy ? 'login-form login-busy' : 'login-form'}>
          <Button onClick={() => signIn({ way: 'oneTap' })}>{t('login.oneTap')}</Button>
          <View className="login-remember">
            <View>{t('login.staySignedIn')}</View>
            <Switch
              checked={remember}
              ariaLabel={t('login.staySignedIn')}
              onChange={({ detail }) => setRemember(detail.value)}
            />
          </View>
          <OtherAccounts />
          {isOpen ? (
            <OtherWays onSignIn={signIn} />
          ) : (
            <Button kind="plain" onClick={() => setOpen(true)}>
              {t('login.otherWays')}
            </Button>
          )}
          {process.env.PRODUCT_ROOMS !== 'off' && (
            <Button kind="plain" onClick={() => navigate(routes.rooms)}>
              {t('login.visitRooms')}
            </Button>
          )}
        </View>
      </View>
    </ScrollView>
  );
});

/** The accounts that stay signed in on this device. */
const OtherAccounts = observer(function OtherAccounts() {
  const { session } = useStores();
  const t = useTexts(appTexts);
  return session.others.map((accountId) => (
    <View key={accountId} className="login-account">
      <View
        className="login-account-id ellipsis"
        hoverClass="pressed"
        ariaRole="button"
        ariaLabel={t('login.asAccount', { accountId })}
        onClick={() => void session.switchTo(accountId)}
      >
        {accountId}
      </View>
      <View
        className="login-account-off"
        ariaRole="button"
        ariaLabel={t('login.forgetAccount', { accountId })}
        onClick={() => session.forget(accountId)}
      >
        {t('common.delete')}
      </View>
    </View>
  ));
});

/** The reason why the last attempt failed or the login ended, its remedy, and the code. */
const Problem = observer(function Problem() {
  const { session, settings } = useStores();
  const t = useTexts(appTexts);
  const { error } = session;
  if (!error) return null;
  return (
    <View className="login-problem" ariaRole="alert">
      {sessionReason(session, settings.language)}
      <View className="login-code">{t('login.errorCode', { code: error.code })}</View>
    </View>
  );
});
