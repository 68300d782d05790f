import { View } from '@tarojs/components';
import { appTexts } from '@/i18n';
import { useGoBack } from './navigate';
import { observer } from './observer';
import { routes } from './routes';
import { useTexts } from './use-texts';

interface NavBarProps {
  title: string;
  canGoBack: boolean;
}

/** The navigation bar in a browser; WeChat draws its own. */
export const NavBar = observer(function NavBar({ title, canGoBack }: NavBarProps) {
  const t = useTexts(appTexts);
  const goBack = useGoBack(routes.conversations, 'tab');
  return (
    <View className="nav">
      {canGoBack && (
        <View
          className="nav-back"
          onClick={goBack}
          ariaRole="button"
          ariaLabel={t('common.back')}
        />
      )}
      <View className="nav-title ellipsis">{title}</View>
    </View>
  );
});
