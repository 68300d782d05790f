import type { Edited, Selection } from './caret';

/** Taro flushes within the next two turns of the event loop; the delay is not visible. */
const AFTER_FLUSH_MS = 32;

/** The members that a Taro element (mini-program) and a custom element (browser) share. */
export interface FieldElement {
  value: string;
  setAttribute(name: string, value: string): void;
  /** In a browser: the textarea inside. */
  querySelector?(selector: 'textarea'): HTMLTextAreaElement | null;
}

/** The textarea's default value: focusing does not move the caret. */
const NO_CURSOR = '-1';

/**
 * Holds the text being written. Taro sends every typed letter back to the textarea
 * (FormElement.dispatchEvent), which costs a setData each and makes fast typing jump. Here a typed text is
 * stored, and the view thread receives a text only when the app itself changes it.
 */
export class DraftField {
  text = '';
  private element: FieldElement | null = null;
  /** The caret as the app set it, or as the view thread last reported it. */
  private caret: number | null = null;
  /** The `cursor` attribute of the mini-program's textarea is set. */
  private hasCursor = false;
  /** The last value sent to the view thread, which ignores an equal one. */
  private told = '';

  /** @param pass runs an update of the view, now or when the page allows it */
  constructor(private readonly pass: (tell: () => void) => void = (tell) => tell()) {}

  readonly attach = (element: FieldElement | null): void => {
    this.element = element;
    if (!element || process.env.TARO_ENV !== 'weapp') return;
    Object.defineProperty(element, 'value', {
      configurable: true,
      get: () => this.text,
      set: (text: string) => (this.text = text),
    });
  };

  /** The user typed; `cursor` is the new caret. */
  typed(text: string, cursor?: number): void {
    this.text = text;
    this.caret = process.env.TARO_ENV === 'weapp' ? (cursor ?? text.length) : null;
  }

  /** The next emoji replaces this selection; it is empty where only the caret stands. */
  get selection(): Selection {
    const { length } = this.text;
    const inner = this.caret === null ? this.inner() : null;
    const start = Math.min(inner?.selectionStart ?? this.caret ?? length, length);
    return { start, end: Math.max(start, Math.min(inner?.selectionEnd ?? start, length)) };
  }

  /** Sets a text and the caret. */
  apply({ text, caret }: Edited): void {
    this.set(text);
    this.caret = caret;
    const inner = this.inner();
    if (inner && globalThis.document.activeElement === inner) this.focused();
  }

  /** Sets the caret before the app focuses the field: a mini-program's textarea reads it from an attribute. */
  beforeFocus(): void {
    if (process.env.TARO_ENV !== 'weapp' || this.caret === null) return;
    this.hasCursor = true;
    const { caret } = this;
    this.pass(() => this.element?.setAttribute('cursor', String(caret)));
  }

  /** Moves the caret of a browser's textarea, which has the focus now, to the place that the app set. */
  focused(): void {
    const inner = this.inner();
    if (!inner || this.caret === null) return;
    inner.setSelectionRange(this.caret, this.caret);
    this.caret = null;
  }

  /** The field has lost the focus; `cursor` is its caret (mini-program only). */
  left(cursor?: number): void {
    if (process.env.TARO_ENV !== 'weapp') return;
    if (cursor !== undefined) this.caret = cursor;
    if (!this.hasCursor) return;
    // Otherwise the next tap into the field would set the caret to the old place.
    this.hasCursor = false;
    this.pass(() => this.element?.setAttribute('cursor', NO_CURSOR));
  }

  /** Sets a text: empty after sending, with an emoji, or a recalled text to edit again. */
  set(text: string): void {
    const typed = this.text;
    this.text = text;
    this.caret = text.length;
    if (process.env.TARO_ENV !== 'weapp') {
      if (this.element) this.element.value = text;
      return;
    }
    this.pass(() => this.show(typed));
  }

  private inner(): HTMLTextAreaElement | null {
    if (process.env.TARO_ENV !== 'h5') return null;
    return this.element?.querySelector?.('textarea') ?? null;
  }

  private show(typed: string): void {
    if (this.text !== this.told || typed === this.text) {
      this.tell(this.text);
      return;
    }
    this.tell(typed);
    // Taro.nextTick may run before the flush, and the view would receive the last value only.
    setTimeout(() => this.pass(() => this.tell(this.text)), AFTER_FLUSH_MS);
  }

  private tell(text: string): void {
    this.told = text;
    this.element?.setAttribute('value', text);
  }
}
