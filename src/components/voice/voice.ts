import Taro from '@tarojs/taro';
import { reaction } from 'mobx';
import { systemClock } from '@/platform';
import type { RootStore } from '@/stores';
import { HeardVoices } from '@/stores/voice/heard-voices';
import { type VoiceItem, type VoiceList, VoicePlayer } from '@/stores/voice/voice-player';
import { AudioOutput } from './audio-output';
import { webAudio } from './web-audio';
import { wxAudio } from './wx-audio';

/** The parts that play voice messages; one set for the whole app. */
class Voice {
  readonly player: VoicePlayer;
  readonly output = new AudioOutput();
  /** For guests in rooms, who have no account. */
  private readonly ofGuest = new HeardVoices(NOWHERE, '', systemClock.now());
  private isListening = false;

  constructor(private readonly root: RootStore) {
    this.player = new VoicePlayer({
      clock: systemClock,
      audio: process.env.TARO_ENV === 'weapp' ? wxAudio : webAudio,
      onHeard: ({ messageClientId, createTime }) => this.heard.mark(messageClientId, createTime),
    });
  }

  get heard(): HeardVoices {
    return this.root.account?.heard ?? this.ofGuest;
  }

  tap(item: VoiceItem, list: VoiceList): void {
    this.listen();
    this.output.prepare();
    // A call has the microphone and the speaker.
    if (!this.root.account?.call.active) this.player.tap(item, list);
  }

  /** Calls, sign-outs and interruptions by the phone end the sound, on whatever page the user is. */
  private listen(): void {
    if (this.isListening) return;
    this.isListening = true;
    reaction(
      () => [this.root.account, this.root.account?.call.active],
      () => this.player.stop(),
    );
    if (process.env.TARO_ENV === 'weapp') Taro.onAudioInterruptionBegin(() => this.player.pause());
  }
}

const NOWHERE = { get: () => undefined, set: () => true };
const voices = new WeakMap<RootStore, Voice>();

/** The voice parts of this app; created by the first use. */
export function voiceOf(root: RootStore): Voice {
  const known = voices.get(root) ?? new Voice(root);
  voices.set(root, known);
  return known;
}
