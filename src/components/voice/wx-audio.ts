import Taro from '@tarojs/taro';
import type { AudioPort, SoundFailure } from '@/stores/voice/audio-port';

/** InnerAudioContext's errCode of a failed download, and of an unknown format. */
const NETWORK = 10_002;
const FORMAT = 10_004;
/** Formats that WeChat plays on some phones only, and reports as a file error or an unknown error on the others. */
const NOT_EVERYWHERE = /\.(amr|flac|ogg|opus|silk|webm|wma)(?:[?#]|$)/i;

/**
 * Plays sounds with WeChat's InnerAudioContext: one context for each sound, because an event has no name of its sound
 * and the last events of a sound come after the next has begun.
 */
export const wxAudio: AudioPort = {
  play(url, { fromMs, rate }, events) {
    const context = Taro.createInnerAudioContext({ useWebAudioImplement: false });
    context.onPlay(events.onPlaying);
    context.onWaiting(events.onWaiting);
    context.onPause(events.onPaused);
    context.onEnded(events.onEnded);
    context.onTimeUpdate(() => events.onTime(context.currentTime * 1000));
    context.onError((error) => events.onFailed(failureOf(error, url)));
    context.src = url;
    context.startTime = fromMs / 1000;
    context.playbackRate = rate;
    context.play();
    return {
      pause: () => context.pause(),
      resume: () => context.play(),
      setRate: (next) => {
        context.playbackRate = next;
      },
      end: () => {
        // Older Android versions play on when a context is destroyed that was not stopped.
        context.stop();
        context.destroy();
      },
    };
  },
};

function failureOf(error: unknown, url: string): SoundFailure {
  const { errCode } = (error ?? {}) as { errCode?: unknown };
  const isUnknown = errCode !== NETWORK && NOT_EVERYWHERE.test(url);
  return errCode === FORMAT || isUnknown ? 'format' : 'unloaded';
}
