import { Input, View } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import type { SignIn } from '@/stores';
import { appTexts } from '@/i18n';

type Way = 'static' | 'dynamic' | 'thirdParty';

const WAYS: readonly Way[] = ['static', 'dynamic', 'thirdParty'];

interface OtherWaysProps {
  onSignIn: (signIn: SignIn) => void;
}

/** The three ways of Yunxin to prove who owns an account. */
export const OtherWays = observer(function OtherWays({ onSignIn }: OtherWaysProps) {
  const t = useTexts(appTexts);
  const [way, setWay] = useState<Way>('static');
  // The text is stored without rendering: nothing on the page depends on it.
  const [typed] = useState({ accountId: '', token: '' });
  const [missing, setMissing] = useState<'accountId' | 'token' | null>(null);

  const submit = () => {
    const accountId = typed.accountId.trim();
    // With the other two ways the app server knows the account.
    if (way === 'static' && accountId === '') setMissing('accountId');
    else if (way === 'static' && typed.token === '') setMissing('token');
    else {
      setMissing(null);
      onSignIn(way === 'static' ? { way, accountId, token: typed.token } : { way, accountId });
    }
  };

  return (
    <View className="ways">
      <View className="ways-tabs" ariaRole="tablist">
        {WAYS.map((one) => (
          <View
            key={one}
            className={classes('ways-tab', one === way && 'ways-tab-on')}
            ariaRole="tab"
            onClick={() => setWay(one)}
          >
            {t(`login.way.${one}`)}
          </View>
        ))}
      </View>
      <View className="field">
        <View className="field-name">{t('login.account')}</View>
        <Input
          className="field-input"
          placeholder={t(way === 'static' ? 'login.accountPlaceholder' : 'login.accountOptional')}
          placeholderClass="field-placeholder"
          ariaLabel={t('login.account')}
          confirmType={way === 'static' ? 'next' : 'done'}
          onInput={({ detail }) => (typed.accountId = detail.value)}
          onConfirm={way === 'static' ? undefined : submit}
        />
      </View>
      {way === 'static' && (
        <View className="field">
          <View className="field-name">{t('login.token')}</View>
          <Input
            className="field-input"
            password
            placeholder={t('login.tokenPlaceholder')}
            placeholderClass="field-placeholder"
            ariaLabel={t('login.token')}
            confirmType="done"
            onInput={({ detail }) => (typed.token = detail.value)}
            onConfirm={submit}
          />
        </View>
      )}
      {way !== 'static' && (
        <View className="ways-hint">
          {t(way === 'dynamic' ? 'login.dynamicHint' : 'login.thirdPartyHint')}
        </View>
      )}
      {missing && (
        <View className="ways-missing" ariaRole="alert">
          {t(missing === 'accountId' ? 'login.accountMissing' : 'login.tokenMissing')}
        </View>
      )}
      <Button kind="quiet" onClick={submit}>
        {t('login.signIn')}
      </Button>
    </View>
  );
});
