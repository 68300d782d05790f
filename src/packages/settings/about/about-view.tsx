import { ScrollView, View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import { Cell } from '@/components/ui/cell';
import { appTexts } from '@/i18n';
import { SDK_VERSION } from '@/sdk/constants';
import { version as VERSION } from '../../../../package.json';
import { settingsTexts } from '../texts';
import { LICENCES } from './licences';
import '../settings.scss';

/** Versions, and the software of others with its licences. */
export const AboutView = observer(function AboutView() {
  const t = useTexts(settingsTexts);
  const appT = useTexts(appTexts);
  return (
    <ScrollView className="fill" scrollY enhanced>
      <View className="set-head">
        <View className="set-large">{appT('app.slogan')}</View>
        <View className="set-hint">{t('about.version', { version: VERSION })}</View>
        <View className="set-hint">{t('about.sdk', { version: SDK_VERSION })}</View>
      </View>
      <View className="set-hint">{t('about.licences')}</View>
      <View className="set-group">
        {LICENCES.map(([name, licence]) => (
          <Cell key={name} title={name} value={licence} />
        ))}
      </View>
    </ScrollView>
  );
});
