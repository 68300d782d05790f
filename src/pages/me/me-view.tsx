import { ScrollView, View } from '@tarojs/components';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Cell } from '@/components/ui/cell';
import { useCore } from '@/components/page/core-context';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { choose, confirm, inform } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { version as VERSION } from '../../../package.json';
import { SOCKETS_TOTAL } from '@/connection';
import type { Core } from '@/connection/boot';
import { SDK_VERSION } from '@/sdk/constants';
import { type AccountStores, type ConnectionStore, LANGUAGES, type Theme } from '@/stores';
import { appTexts, type Language } from '@/i18n';
import './me.scss';

const LANGUAGE_NAMES = {
  'zh-CN': 'me.languageZh',
  'zh-TW': 'me.languageTw',
  en: 'me.languageEn',
} as const;
const THEMES: readonly (Theme | null)[] = [null, 'light', 'dark'];
const SWITCH: readonly boolean[] = [true, false];

export const MeView = observer(function MeView() {
  const { account, session, settings, connection, remoteConfig } = useStores();
  const { gate } = useCore();
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  const languageText = (language: Language | null) =>
    t(language === null ? 'me.followSystem' : LANGUAGE_NAMES[language]);
  const themeText = (theme: Theme | null) =>
    t(theme === null ? 'me.followSystem' : theme === 'dark' ? 'me.dark' : 'me.light');

  const chooseLanguage = async () => {
    const language = await choose([null, ...LANGUAGES], languageText, settings.language);
    if (language !== undefined) settings.chooseLanguage(language);
  };
  const chooseTheme = async () => {
    const theme = await choose(THEMES, themeText, settings.language);
    if (theme !== undefined) settings.chooseTheme(theme);
  };
  const switchText = (isOn: boolean) => t(isOn ? 'me.on' : 'me.off');
  const chooseReadMarks = async () => {
    const isOn = await choose(SWITCH, switchText, settings.language);
    if (isOn !== undefined) settings.setReadMarks(isOn);
  };
  const chooseTyping = async () => {
    const isOn = await choose(SWITCH, switchText, settings.language);
    if (isOn !== undefined) settings.setTyping(isOn);
  };
  const showAbout = () =>
    void inform(
      t('app.slogan'),
      `${t('me.version', { version: VERSION })}\n${t('me.sdkVersion', { version: SDK_VERSION })}`,
      t('common.ok'),
    );
  const signOut = async () => {
    const isSure = await confirm({
      content: t('me.signOutConfirm'),
      confirmText: t('me.signOut'),
      cancelText: t('common.cancel'),
    });
    if (isSure) await session.signOut();
  };

  return (
    <>
      <ConnectionBanner />
      <ScrollView className="fill" scrollY enhanced>
        {account && <ProfileCard account={account} />}
        <View className="me-group">
          {remoteConfig.chatroomEnabled && (
            <Cell title={t('contacts.rooms')} onClick={() => navigate(routes.rooms)} />
          )}
        </View>
        <View className="me-group">
          <Cell title={t('me.favourites')} onClick={() => navigate(routes.favourites)} />
          <Cell title={t('me.devices')} onClick={() => navigate(routes.devices)} />
          {remoteConfig.meetingEnabled && (
            <Cell title={t('me.meeting')} onClick={() => navigate(routes.meeting)} />
          )}
          <Cell
            title={t('me.inspector')}
            value={meter(gate, connection)}
            onClick={() => navigate(routes.inspector)}
          />
        </View>
        <View className="me-group">
          <Cell
            title={t('me.language')}
            value={languageText(settings.chosenLanguage)}
            onClick={() => void chooseLanguage()}
          />
          <Cell
            title={t('me.appearance')}
            value={themeText(settings.chosenTheme)}
            onClick={() => void chooseTheme()}
          />
          <Cell
            title={t('me.readMarks')}
            value={switchText(settings.readMarks)}
            onClick={() => void chooseReadMarks()}
          />
          <Cell
            title={t('me.typing')}
            value={switchText(settings.typing)}
            onClick={() => void chooseTyping()}
          />
          <Cell
            title={t('me.about')}
            value={t('me.version', { version: VERSION })}
            onClick={showAbout}
          />
        </View>
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
