import Taro from '@tarojs/taro';
import { goBack, navigate, type Start } from '@/components/navigate';
import { routes } from '@/components/routes';
import { pagesToLeave } from './pages-to-leave';

/** To where the room was entered from. */
export async function goOut(start: Start): Promise<void> {
  const delta = pagesToLeave(Taro.getCurrentPages().map(({ route = '' }) => route));
  if (delta > 0) await goBack(start, { url: routes.conversations, way: 'tab' }, delta);
  else await navigate(routes.conversations, 'tab', start);
}
