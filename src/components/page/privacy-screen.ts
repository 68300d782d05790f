import Taro from '@tarojs/taro';
import { autorun } from 'mobx';
import { appTexts } from '@/i18n';
import type { RootStore } from '@/stores';
import { tellFailure, toast } from './dialogs';
import { wxCall } from './wx-call';

/**
 * While the user wants privacy, WeChat hides the screen in captures and in the app switcher (base library 3.1.4), and
 * the user is told of a capture. Where WeChat refuses, the switch goes off and the user reads why. Returns the end.
 */
export function watchPrivacy({ settings }: RootStore): () => void {
  if (process.env.TARO_ENV !== 'weapp') return () => undefined;
  const onCapture = () => {
    if (settings.isOn('privacy')) toast(appTexts(settings.language)('privacy.captured'));
  };
  void wxCall(() => Taro.onUserCaptureScreen(onCapture));
  let isHidden = false;
  const apply = async (hides: boolean) => {
    isHidden = hides;
    const visualEffect = hides ? 'hidden' : 'none';
    const done = await wxCall(() => Taro.setVisualEffectOnCapture({ visualEffect }));
    if (done.ok || !hides) return;
    isHidden = false;
    settings.setSwitch('privacy', false);
    tellFailure(done.failure, settings.language);
  };
  const stop = autorun(() => {
    const hides = settings.isOn('privacy');
    if (hides !== isHidden) void apply(hides);
  });
  return () => {
    stop();
    void wxCall(() => Taro.offUserCaptureScreen(onCapture));
  };
}
