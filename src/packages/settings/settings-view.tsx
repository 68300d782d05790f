import { ScrollView, View } from '@tarojs/components';
import { useEffect } from 'react';
import { askForAlert } from '@/components/alerts/ask-for-alert';
import { alertTexts } from '@/components/alerts/texts';
import { attempt } from '@/components/page/attempt';
import { choose } from '@/components/page/dialogs';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Cell } from '@/components/ui/cell';
import { Toggle } from '@/components/ui/toggle';
import { answered } from '@/connection';
import type { Language } from '@/i18n';
import { systemClock } from '@/platform';
import {
  type AccountStores,
  LANGUAGES,
  type SwitchName,
  TEXT_SIZES,
  type TextSize,
  type Theme,
} from '@/stores';
import { type SettingsKey, settingsTexts } from './texts';
import './settings.scss';

const THEMES: readonly (Theme | null)[] = [null, 'light', 'dark'];
const LANGUAGE_NAMES = { 'zh-CN': 'languageZh', 'zh-TW': 'languageTw', en: 'languageEn' } as const;
const SIZE_NAMES = {
  small: 'sizeSmall',
  standard: 'sizeStandard',
  large: 'sizeLarge',
  larger: 'sizeLarger',
  largest: 'sizeLargest',
} as const;
const STORAGE = '/packages/settings/storage/index';
const ABOUT = '/packages/settings/about/index';

/** Shows the settings of this device, and the push setting of the account. */
export const SettingsView = observer(function SettingsView() {
  const { account, settings } = useStores();
  const t = useTexts(settingsTexts);
  const navigate = useNavigate();
  const languageText = (language: Language | null) =>
    t(language === null ? 'followSystem' : LANGUAGE_NAMES[language]);
  const themeText = (theme: Theme | null) => t(theme ?? 'followSystem');
  const sizeText = (size: TextSize | null) => t(size === null ? 'followSystem' : SIZE_NAMES[size]);
  const chooseLanguage = async () => {
    const language = await choose([null, ...LANGUAGES], languageText, settings.language);
    if (language !== undefined) settings.chooseLanguage(language);
  };
  const chooseTheme = async () => {
    const theme = await choose(THEMES, themeText, settings.language);
    if (theme !== undefined) settings.chooseTheme(theme);
  };
  const chooseSize = async () => {
    const size = await choose([null, ...TEXT_SIZES], sizeText, settings.language);
    if (size !== undefined) settings.chooseTextSize(size);
  };
  return (
    <ScrollView className="fill" scrollY enhanced>
      <View className="set-group">
        <Cell
          title={t('language')}
          value={languageText(settings.chosenLanguage)}
          onClick={() => void chooseLanguage()}
        />
        <Cell
          title={t('appearance')}
          value={themeText(settings.chosenTheme)}
          onClick={() => void chooseTheme()}
        />
        <Cell
          title={t('textSize')}
          value={sizeText(settings.chosenTextSize)}
          onClick={() => void chooseSize()}
        />
      </View>
      <Switches names={['sounds', 'vibration']} note="alertsHint" />
      <Switches names={['readMarks', 'typing']} />
      <Switches names={['dataSaver']} note="dataSaverHint" />
      {process.env.TARO_ENV === 'weapp' && <Switches names={['privacy']} note="privacyHint" />}
      {process.env.TARO_ENV === 'weapp' && <MentionAlertCells />}
      {account && <PushSwitch account={account} />}
      <View className="set-group">
        <Cell title={t('storage')} onClick={() => navigate(STORAGE)} />
        <Cell title={t('about')} onClick={() => navigate(ABOUT)} />
      </View>
    </ScrollView>
  );
});

interface SwitchesProps {
  names: readonly (SwitchName & SettingsKey)[];
  note?: SettingsKey;
}

const Switches = observer(function Switches({ names, note }: SwitchesProps) {
  const { settings } = useStores();
  const t = useTexts(settingsTexts);
  return (
    <>
      <View className="set-group">
        {names.map((name) => (
          <Toggle
            key={name}
            label={t(name)}
            checked={settings.isOn(name)}
            onChange={(isOn) => {
              settings.setSwitch(name, isOn);
              return Promise.resolve(true);
            }}
          />
        ))}
      </View>
      {note && <View className="set-hint">{t(note)}</View>}
    </>
  );
});

/** Each tap asks WeChat for one subscribe message: a switch does not count as a tap. */
const MentionAlertCells = observer(function MentionAlertCells() {
  const root = useStores();
  const { mentionAlerts, settings } = root;
  const { templateId, left } = mentionAlerts;
  const t = useTexts(alertTexts);
  useEffect(() => {
    // Without an answer the line has no number, and a tap shows the reason.
    if (templateId !== '') mentionAlerts.load().catch(() => undefined);
  }, [mentionAlerts, templateId]);
  if (templateId === '') return null;
  return (
    <>
      <View className="set-group">
        <Cell
          title={t('title')}
          value={left === null ? '' : left === 0 ? t('none') : t('left', { count: left })}
          onClick={() => void askForAlert(root)}
        />
        <Toggle
          label={t('again')}
          checked={settings.isOn('mentionAlerts')}
          onChange={(isOn) => {
            settings.setSwitch('mentionAlerts', isOn);
            return Promise.resolve(true);
          }}
        />
      </View>
      <View className="set-hint">{t('hint')}</View>
    </>
  );
});

/** A setting of the account on the server, which tells nobody its state: shown as it was last chosen here. */
const PushSwitch = observer(function PushSwitch({ account }: { account: AccountStores }) {
  const { settings } = useStores();
  const t = useTexts(settingsTexts);
  const change = async (isOn: boolean) => {
    const done = await attempt(
      () =>
        answered(systemClock, () =>
          account.connection.services.setting.setPushMobileOnDesktopOnline(isOn),
        ),
      settings.language,
    );
    if (done) settings.setSwitch('push', isOn);
    return done;
  };
  return (
    <View className="set-group">
      <Toggle label={t('push')} checked={settings.isOn('push')} onChange={change} />
    </View>
  );
});
