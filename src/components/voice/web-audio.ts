import type { AudioPort, SoundFailure } from '@/stores/voice/audio-port';

/** MediaError.code of a sound that the browser cannot play; also of an address that gives no sound. */
const SOURCE = 4;

/** Types of the endings that browsers differ on. */
const TYPES: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  amr: 'audio/amr',
  m4a: 'audio/mp4',
  mp4: 'audio/mp4',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  silk: 'audio/silk',
  webm: 'audio/webm',
};

/** Plays sounds with a browser's audio element. */
export const webAudio: AudioPort = {
  play(url, { fromMs, rate }, events) {
    const audio = new globalThis.Audio(url);
    let isEnded = false;
    const on = (name: string, handler: () => void) => {
      audio.addEventListener(name, () => {
        if (!isEnded) handler();
      });
    };
    const fail = () => events.onFailed(failureOf(audio, url));
    const begin = () => {
      audio.play().catch(() => {
        // `play` also rejects when `pause` came first.
        if (!isEnded && audio.error) fail();
      });
    };
    on('playing', events.onPlaying);
    on('waiting', events.onWaiting);
    on('pause', () => {
      // A browser also pauses at the end.
      if (!audio.ended) events.onPaused();
    });
    on('ended', events.onEnded);
    on('timeupdate', () => {
      if (!audio.paused) events.onTime(audio.currentTime * 1000);
    });
    on('error', fail);
    audio.currentTime = fromMs / 1000;
    audio.defaultPlaybackRate = rate;
    audio.playbackRate = rate;
    begin();
    return {
      pause: () => audio.pause(),
      resume: begin,
      setRate: (next) => {
        audio.playbackRate = next;
      },
      end: () => {
        isEnded = true;
        audio.pause();
        audio.removeAttribute('src');
        // Without `load` the browser goes on to fetch the sound.
        audio.load();
      },
    };
  },
};

function failureOf(audio: HTMLAudioElement, url: string): SoundFailure {
  const ending = /\.(\w+)(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? '';
  const type = TYPES[ending];
  const isUnknown = type !== undefined && audio.canPlayType(type) === '';
  return audio.error?.code === SOURCE && isUnknown ? 'format' : 'unloaded';
}
