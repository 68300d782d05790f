import { useLaunch } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { CoreProvider } from '@/components/core-context';
import { inform } from '@/components/dialogs';
import { sendInParts } from '@/components/set-data-parts';
import { StoresProvider } from '@/components/stores-context';
import { start } from './start';
import './styles/app.scss';

if (process.env.TARO_ENV === 'weapp') sendInParts();
const started = start();

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    if (!('problem' in started)) return;
    console.error(started.problem.message);
    void inform('配置有误 · Configuration error', started.problem.message);
  });
  if ('problem' in started) return null;
  return (
    <CoreProvider core={started.core}>
      <StoresProvider root={started.root}>{children}</StoresProvider>
    </CoreProvider>
  );
}
