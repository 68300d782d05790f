import { reaction } from 'mobx';
import { systemClock } from '@/platform';
import type { OutgoingFile, RootStore } from '@/stores';
import { type Recorded, VoiceRecorder } from '@/stores/voice/voice-recorder';
import { resampled } from './waveform';
import { webRecorder } from './web-recorder';
import { wxRecorder } from './wx-recorder';

/** Number of values in `serverExtension.waveform`. */
const VALUES = 40;
/** A recording whose loudness differs by less than this is silence. */
const LEAST_SPAN = 5;

const recorders = new WeakMap<RootStore, VoiceRecorder>();

/** The recorder of this app; created by the first use. A call and a sign-out drop a recording. */
export function recorderOf(root: RootStore): VoiceRecorder {
  const known = recorders.get(root);
  if (known) return known;
  const microphone = process.env.TARO_ENV === 'weapp' ? wxRecorder : webRecorder;
  const recorder = new VoiceRecorder({ clock: systemClock, microphone });
  recorders.set(root, recorder);
  reaction(
    () => [root.account, root.account?.call.active],
    () => recorder.cancel(),
  );
  return recorder;
}

/** The message of a recording. */
export function voiceFile({ file, durationMs, size, shownAs, levels }: Recorded): OutgoingFile {
  const waveform = waveformOf(levels);
  return {
    kind: 'audio',
    file,
    duration: durationMs,
    ...(typeof file === 'string' ? {} : { name: file.name }),
    ...(size > 0 ? { size } : {}),
    ...(shownAs ? { shownAs } : {}),
    ...(waveform.length > 0 ? { serverExtension: JSON.stringify({ waveform }) } : {}),
  };
}

/** 40 values from 0 for the quietest to 100 for the loudest part; empty for a host without loudness. */
export function waveformOf(levels: readonly number[]): number[] {
  if (levels.length === 0) return [];
  const least = Math.min(...levels);
  const span = Math.max(...levels) - least;
  if (span < LEAST_SPAN) return [];
  return resampled(
    levels.map((level) => (100 * (level - least)) / span),
    VALUES,
  );
}
