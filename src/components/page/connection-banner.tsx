import { View } from '@tarojs/components';
import { appTexts, type Language, type Translate } from '@/i18n';
import type { Banner } from '@/stores';
import { observer } from './observer';
import { Slot } from '../ui/slot';
import { signedOutReason } from './reason-text';
import { useStores } from './stores-context';
import { useTexts } from './use-texts';

/** The strip below the navigation bar that shows the state of the connection. A tap on it retries at once. */
export function ConnectionBanner() {
  return (
    <Slot>
      <Strip />
    </Slot>
  );
}

const Strip = observer(function Strip() {
  const { connection, settings, session } = useStores();
  const t = useTexts(appTexts);
  const { banner } = connection;
  if (!banner) return null;
  if (banner.kind === 'connecting' || banner.kind === 'syncing') {
    return (
      <View className="banner banner-calm" ariaRole="alert">
        <View className="banner-spinner" />
        {t(banner.kind === 'connecting' ? 'connection.connecting' : 'connection.syncing')}
      </View>
    );
  }
  const isOver = banner.kind !== 'offline' && banner.kind !== 'waiting';
  return (
    <View
      className="banner"
      ariaRole="button"
      onClick={isOver ? session.signInAgain.bind(session) : connection.retryNow.bind(connection)}
    >
      <View className="banner-sign">!</View>
      <View className="banner-text">{bannerText(banner, settings.language, t)}</View>
      <View className="banner-action">{t(isOver ? 'connection.signInAgain' : 'common.retry')}</View>
    </View>
  );
});

type Trouble = Exclude<Banner, null | { kind: 'connecting' } | { kind: 'syncing' }>;

/** The text of a banner about a problem. */
function bannerText(banner: Trouble, language: Language, t: Translate): string {
  switch (banner.kind) {
    case 'offline':
      return t('connection.offline');
    case 'waiting':
      return t('connection.reconnecting', { seconds: banner.secondsToNext });
    case 'kicked':
    case 'refused':
    case 'lost':
      return signedOutReason(banner.code, language);
  }
}
