import { View } from '@tarojs/components';
import { useGoBack } from './navigate';
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
