import Taro from '@tarojs/taro';
import { makeObservable, observableRef, runInAction } from 'mobx';
import { wxCall, type WxOutcome } from '../page/wx-call';

/** Where sounds come out. A browser has no choice. */
export class AudioOutput {
  earpiece = false;
  private isPrepared = false;

  constructor() {
    makeObservable(this, { earpiece: observableRef });
  }

  /** Lets sounds be heard with the mute switch on; before the first sound. */
  prepare(): void {
    if (this.isPrepared || process.env.TARO_ENV !== 'weapp') return;
    this.isPrepared = true;
    void apply(this.earpiece);
  }

  async use(earpiece: boolean): Promise<WxOutcome<unknown>> {
    this.isPrepared = true;
    const done = await apply(earpiece);
    if (done.ok) runInAction(() => (this.earpiece = earpiece));
    return done;
  }
}

/** `speakerOn` is missing from the typings. */
type Option = Parameters<typeof Taro.setInnerAudioOption>[0] & { speakerOn: boolean };

function apply(earpiece: boolean): Promise<WxOutcome<unknown>> {
  const option: Option = { obeyMuteSwitch: false, speakerOn: !earpiece };
  return wxCall(() => Taro.setInnerAudioOption(option));
}
