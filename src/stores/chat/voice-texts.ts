import { observable, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import { Code } from '@/sdk/codes';

export type VoiceText =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly text: string }
  | { readonly state: 'failed'; readonly code: number };

interface Voice {
  readonly url: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** Texts that are kept, in memory alone. */
const KEPT = 100;
/** The SDK gives this request up after 30 s. */
const LIMIT_MS = 32_000;
const SAMPLE_RATE = '16000';

/** The texts of voice messages, by the server's speech recognition. */
export class VoiceTexts {
  private readonly texts = observable.map<string, VoiceText>({}, { deep: false });

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {}

  /** Observable. */
  of(messageClientId: string): VoiceText | undefined {
    return this.texts.get(messageClientId);
  }

  /** Requests the text of a voice message. The result, or the reason of the failure, is in `of`. */
  async convert(messageClientId: string, { url, duration }: Voice): Promise<void> {
    const known = this.texts.get(messageClientId);
    if (known && known.state !== 'failed') return;
    this.set(messageClientId, { state: 'running' });
    try {
      const text = await answered(
        this.clock,
        () =>
          this.connection.services.message.voiceToText({
            voiceUrl: url,
            mimeType: mimeTypeOf(url),
            sampleRate: SAMPLE_RATE,
            duration,
          }),
        LIMIT_MS,
      );
      if (typeof text !== 'string' || !text) throw new ConnectionError(Code.unexpectedAnswer);
      this.set(messageClientId, { state: 'done', text });
    } catch (cause) {
      this.set(messageClientId, { state: 'failed', code: ConnectionError.from(cause).code });
    }
  }

  hide(messageClientId: string): void {
    runInAction(() => this.texts.delete(messageClientId));
  }

  private set(messageClientId: string, text: VoiceText): void {
    runInAction(() => {
      const oldest = this.texts.keys().next();
      if (this.texts.size >= KEPT && !this.texts.has(messageClientId) && !oldest.done)
        this.texts.delete(oldest.value);
      this.texts.set(messageClientId, text);
    });
  }
}

/** By the end of the address; WeChat's recorder makes MP3, a browser AAC. */
function mimeTypeOf(url: string): string {
  const [, ending = ''] = /\.(\w{2,5})(?:[?#]|$)/.exec(url) ?? [];
  return ending.toLowerCase() || 'mp3';
}
