import { useLaunch, usePageNotFound } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { CoreProvider } from '@/components/core-context';
import { inform } from '@/components/dialogs';
import { enableKeyboard } from '@/components/keyboard-access';
import { navigate } from '@/components/navigate';
import { routes } from '@/components/routes';
import { sendInParts } from '@/components/set-data-parts';
import { StoresProvider } from '@/components/stores-context';
import { start } from './start';
import './styles/app.scss';

if (process.env.TARO_ENV === 'weapp') sendInParts();
if (process.env.TARO_ENV === 'h5') enableKeyboard();
const started = start();

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    if (!('problem' in started)) return;
    console.error(started.problem.message);
    void inform('配置有误 · Configuration error', started.problem.message);
  });
  // A link to a page that is not there any more. The list leads on to the sign-in page who needs it.
  usePageNotFound(() => {
    if ('problem' in started) return;
    void navigate(routes.conversations, 'restart', { settings: started.root.settings });
  });
  if ('problem' in started) return null;
  return (
    <CoreProvider core={started.core}>
      <StoresProvider root={started.root}>{children}</StoresProvider>
    </CoreProvider>
  );
}
