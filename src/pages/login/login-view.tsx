import { ScrollView, Switch, View } from '@tarojs/components';
import { useCallback, useState } from 'react';
import { Button } from '@/components/button';
import { useNavigate } from '@/components/navigate';
import { StorageNotice } from '@/components/notice';
import { observer } from '@/components/observer';
import { sessionReason } from '@/components/reason-text';
import { routes } from '@/components/routes';
import { useStores } from '@/components/stores-context';
import { useT } from '@/components/use-t';
import type { SignIn } from '@/stores';
import { LoginProgress } from './login-progress';
import { OtherWays } from './other-ways';
import './login.scss';

export const LoginView = observer(function LoginView() {
  const { session } = useStores();
  const t = useT();
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
        {/* Only out of sight meanwhile: what was typed must still be there when it fails. */}
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
          {isOpen ? (
            <OtherWays onSignIn={signIn} />
          ) : (
            <Button kind="plain" onClick={() => setOpen(true)}>
              {t('login.otherWays')}
            </Button>
          )}
          <Button kind="plain" onClick={() => navigate(routes.rooms)}>
            {t('login.visitRooms')}
          </Button>
        </View>
      </View>
    </ScrollView>
  );
});

/** Why the last attempt failed, or the login ended: what happened, what to do, and the code to ask about. */
const Problem = observer(function Problem() {
  const { session, settings } = useStores();
  const t = useT();
  const { error } = session;
  if (!error) return null;
  return (
    <View className="login-problem" ariaRole="alert">
      {sessionReason(session, settings.language)}
      <View className="login-code">{t('login.errorCode', { code: error.code })}</View>
    </View>
  );
});
