import { MessageType } from '@/sdk/constants';
import { extensionIn, numberIn } from './fields';
import type { KindSpec } from './kind-spec';
import { durationIn, type FileContent, fileIn } from './media';

export interface AudioContent extends FileContent {
  /** Milliseconds; 0 when unknown. */
  readonly duration: number;
  /** Loudness over time, 0 to 100; empty when the sender gave none. */
  readonly waveform: readonly number[];
}

/** Most values of a waveform that are read. */
const MOST_VALUES = 60;

export const audioKind: KindSpec<AudioContent> = {
  messageType: MessageType.AUDIO,
  parse: ({ attachment, serverExtension }) => ({
    ...fileIn(attachment),
    duration: durationIn(attachment),
    waveform: waveformIn(extensionIn(serverExtension).waveform),
  }),
  previewKey: 'preview.audio',
};

function waveformIn(value: unknown): number[] {
  return Array.isArray(value) ? value.slice(0, MOST_VALUES).map((each) => numberIn(each, 100)) : [];
}
