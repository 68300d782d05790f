import { useLaunch } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { loadChat } from './chat';
import { openStock } from './stock';
import './app.css';

/**
 * A shop with two tabs and a socket of its own for the stock. The chat is loaded when the app starts, so that its
 * socket gate is in place before the first socket.
 */
export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    loadChat().finally(openStock).catch(console.error);
  });
  return children;
}
