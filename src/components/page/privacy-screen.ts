import Taro from '@tarojs/taro';
import { autorun } from 'mobx';
import type { RootStore } from '@/stores';
import { toast } from './dialogs';
import { wxCall } from './wx-call';

/**
 * While the user wants privacy, WeChat hides the screen in captures and in the app switcher (base library 3.1.4), and
 * the user is told of a capture. Returns the end. `told`: the text for a capture.
 */
export function watchPrivacy({ settings }: RootStore, told: () => string): () => void {
  if (process.env.TARO_ENV !== 'weapp') return () => undefined;
  const onCapture = () => {
    if (settings.isOn('privacy')) toast(told());
  };
  void wxCall(() => Taro.onUserCaptureScreen(onCapture));
  let isHidden = false;
  const stop = autorun(() => {
    const hides = settings.isOn('privacy');
    if (hides === isHidden) return;
    isHidden = hides;
    void wxCall(() => Taro.setVisualEffectOnCapture({ visualEffect: hides ? 'hidden' : 'none' }));
  });
  return () => {
    stop();
    void wxCall(() => Taro.offUserCaptureScreen(onCapture));
  };
}
