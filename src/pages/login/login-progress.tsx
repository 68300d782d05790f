import { View } from '@tarojs/components';
import { Button } from '@/components/ui/button';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { appTexts, type Language, type Translate } from '@/i18n';
import type { ConnectionStore } from '@/stores';

/** The progress of the sign-in, with a button to cancel it. */
export const LoginProgress = observer(function LoginProgress() {
  const { connection, session, settings } = useStores();
  const t = useTexts(appTexts);
  return (
    <View className="login-progress">
      <View className="login-spinner" />
      <View className="login-stage" ariaRole="status">
        {stageText(connection, settings.language, t)}
      </View>
      <Button kind="quiet" onClick={() => session.cancel()}>
        {t('common.cancel')}
      </Button>
    </View>
  );
});

function stageText({ state, banner }: ConnectionStore, language: Language, t: Translate): string {
  switch (state.name) {
    case 'authenticating':
      return t('login.progress.authenticating');
    case 'syncing':
    case 'online':
      return t('login.progress.syncing');
    case 'waiting':
      return banner?.kind === 'waiting'
        ? t('login.progress.waiting', {
            reason: reasonText(state.reason, language),
            seconds: banner.secondsToNext,
          })
        : reasonText(state.reason, language);
    case 'connecting':
      return state.attempt > 1
        ? t('login.progress.retry', { attempt: state.attempt })
        : t('login.progress.connecting');
    default:
      return t('login.progress.connecting');
  }
}
