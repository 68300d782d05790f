import Taro from '@tarojs/taro';
import { goBack, navigate, type Start } from '@/components/page/navigate';
import { routes } from '@/components/page/routes';
import { pagesToLeave } from './pages-to-leave';

/** Goes back to the page from which the room was entered. */
export async function leaveRoomPages(start: Start): Promise<void> {
  const delta = pagesToLeave(Taro.getCurrentPages().map(({ route = '' }) => route));
  if (delta > 0) await goBack(start, { url: routes.conversations, way: 'tab' }, delta);
  else await navigate(routes.conversations, 'tab', start);
}
