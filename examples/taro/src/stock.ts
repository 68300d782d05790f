import Taro from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { STOCK_SOCKET } from './addresses';

const listeners = new Set<(stock: string) => void>();

/** Opens the shop's own socket. */
export function openStock(): void {
  Taro.connectSocket({ url: STOCK_SOCKET })
    .then((socket) => {
      socket.onMessage(({ data }) => {
        for (const listener of listeners) listener(String(data));
      });
    })
    .catch(console.error);
}

export function useStock(): string {
  const [stock, setStock] = useState('-');
  useEffect(() => {
    listeners.add(setStock);
    return () => void listeners.delete(setStock);
  }, []);
  return stock;
}
