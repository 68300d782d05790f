import Taro from '@tarojs/taro';
import { routes } from '@/components/routes';
import { pagesToLeave } from './pages-to-leave';

/** To where the room was entered from. */
export async function goOut(): Promise<void> {
  const delta = pagesToLeave(Taro.getCurrentPages().map(({ route = '' }) => route));
  if (delta > 0) await Taro.navigateBack({ delta });
  else await Taro.switchTab({ url: routes.conversations });
}
