import { EmbeddedApp, im } from '@embedding';
import { useLaunch, usePageNotFound } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { CoreProvider } from '@/components/page/core-context';
import { inform } from '@/components/page/dialogs';
import { enableKeyboard } from '@/components/page/keyboard-access';
import { navigate } from '@/components/page/navigate';
import { routes } from '@/components/page/routes';
import { sendInParts } from '@/components/page/set-data-parts';
import { StoresProvider } from '@/components/page/stores-context';
import { start } from './start';
import './styles/app.scss';

if (process.env.TARO_ENV === 'weapp') sendInParts();
if (process.env.TARO_ENV === 'h5') enableKeyboard();
// In another mini-program the host starts the app, through the interface that host.js of the sub-package hands out.
const started = process.env.APP_EMBED_ROOT ? null : start();
if (process.env.APP_EMBED_ROOT) exports.im = im;

function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    if (!started || !('problem' in started)) return;
    console.error(started.problem.message);
    void inform('配置有误 · Configuration error', started.problem.message);
  });
  // A link may lead to a page that does not exist any more. The list redirects to the sign-in page if needed.
  usePageNotFound(() => {
    if (!started || 'problem' in started) return;
    void navigate(routes.conversations, 'restart', { settings: started.root.settings });
  });
  if (!started || 'problem' in started) return null;
  return (
    <CoreProvider core={started.core}>
      <StoresProvider root={started.root}>{children}</StoresProvider>
    </CoreProvider>
  );
}

export default process.env.APP_EMBED_ROOT ? EmbeddedApp : App;
