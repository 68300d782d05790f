import { makeObservable, observableRef, runInAction } from 'mobx';
import type { ComposerInlet } from '@/components/composer/composer-inlet';
import type { Chat, MessageRow } from '@/stores';
import type { Edits } from '@/stores/chat/edits';

/** The edit of a sent text in the composer. At the end the composer gets back the text that it had before. */
export class Editing {
  /** The message that is edited. */
  row: MessageRow | null = null;
  isSaving = false;
  private written = '';

  constructor(
    private readonly chat: Chat,
    private readonly edits: Edits,
    private readonly inlet: ComposerInlet,
  ) {
    makeObservable(this, { row: observableRef, isSaving: observableRef });
  }

  begin(row: MessageRow): void {
    this.inlet.edit((written) => {
      if (!this.row) this.written = written;
      return row.message.text ?? '';
    });
    runInAction(() => {
      this.row = row;
      this.isSaving = false;
    });
  }

  readonly cancel = (): void => {
    if (!this.row) return;
    this.end();
    this.inlet.edit(() => this.written);
  };

  /**
   * Saves the composer's text, which the composer has dropped. After a failure the text is in the composer again.
   * @throws ConnectionError
   */
  async save(text: string): Promise<void> {
    const { row } = this;
    if (!row || this.isSaving) return;
    if (text !== row.message.text) {
      runInAction(() => (this.isSaving = true));
      try {
        await this.edits.save(row.message, text, (edited) => this.chat.modified([edited]));
      } catch (cause) {
        if (this.row === row) this.inlet.edit((now) => now || text);
        throw cause;
      } finally {
        runInAction(() => (this.isSaving = false));
      }
    }
    if (this.row !== row) return;
    this.end();
    if (this.written) this.inlet.edit((now) => now || this.written);
  }

  /** The text that is a draft while a message is edited. */
  draftOf(text: string): string {
    return this.row ? this.written : text;
  }

  private end(): void {
    runInAction(() => {
      this.row = null;
      this.isSaving = false;
    });
  }
}
