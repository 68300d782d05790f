import { contentOf, type MessageKind } from '@/stores';
import type { HeardVoices } from '@/stores/voice/heard-voices';
import type { VoiceItem, VoiceList } from '@/stores/voice/voice-player';

interface VoiceRow {
  readonly messageClientId: string;
  readonly createTime: number;
  readonly mine: boolean;
  readonly kind: MessageKind;
  readonly content: unknown;
  readonly recalled: boolean;
}

/** The voice messages among the rows of a conversation. */
export class VoiceRows implements VoiceList {
  /** @param rows oldest first */
  constructor(
    private readonly rows: () => readonly VoiceRow[],
    private readonly heard: () => HeardVoices,
  ) {}

  nextUnheard(messageClientId: string): VoiceItem | undefined {
    const rows = this.rows();
    const at = rows.findIndex((row) => row.messageClientId === messageClientId);
    if (at < 0) return undefined;
    const next = rows
      .slice(at + 1)
      .find(
        (row) =>
          row.kind === 'audio' &&
          !row.recalled &&
          !row.mine &&
          !this.heard().has(row.messageClientId, row.createTime),
      );
    return next && voiceItem(next);
  }

  isGone(messageClientId: string): boolean {
    const row = this.rows().find((each) => each.messageClientId === messageClientId);
    return row?.recalled === true;
  }
}

/** Undefined for a row that is no voice message, or that was recalled. */
export function voiceItem(row: VoiceRow): VoiceItem | undefined {
  const content = contentOf(row, 'audio');
  if (!content) return undefined;
  const { messageClientId, createTime, mine } = row;
  return { messageClientId, createTime, mine, url: content.url, durationMs: content.duration };
}
