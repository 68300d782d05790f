import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { observer } from './observer';
import { routes } from './routes';
import { useT } from './use-t';

interface NavBarProps {
  title: string;
  canGoBack: boolean;
}

/** WeChat draws its own navigation bar; in a browser this one stands in for it. */
export const NavBar = observer(function NavBar({ title, canGoBack }: NavBarProps) {
  const t = useT();
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

/** A page that was opened by its address has nothing behind it. */
function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else void Taro.switchTab({ url: routes.conversations });
}
