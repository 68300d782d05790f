import Taro, { useLaunch } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { CoreProvider } from '@/components/core-context';
import { StoresProvider } from '@/components/stores-context';
import { start } from './start';
import './styles/app.scss';

const started = start();

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    if (!('problem' in started)) return;
    console.error(started.problem.message);
    void Taro.showModal({
      title: '配置有误 · Configuration error',
      content: started.problem.message,
      showCancel: false,
    });
  });
  if ('problem' in started) return null;
  return (
    <CoreProvider core={started.core}>
      <StoresProvider root={started.root}>{children}</StoresProvider>
    </CoreProvider>
  );
}
