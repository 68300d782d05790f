import type { Edited, Selection } from './caret';

/** Taro flushes in the next turn or two; an eye sees nothing of this. */
const AFTER_FLUSH_MS = 32;

/** What both a Taro element (mini-program) and a custom element (browser) have. */
export interface FieldElement {
  value: string;
  setAttribute(name: string, value: string): void;
  /** In a browser: the textarea inside. */
  querySelector?(selector: 'textarea'): HTMLTextAreaElement | null;
}

/** The textarea's own default: it does not move the caret when it is focused. */
const NO_CURSOR = '-1';

/**
 * The text being written. Taro sends every typed letter back to the textarea (FormElement.dispatchEvent),
 * which costs a setData each and makes fast typing jump. Here typing is only remembered; the view thread
 * is told a text when the app itself changes it.
 */
export class DraftField {
  text = '';
  private element: FieldElement | null = null;
  /** Where the app put the caret, or where the view thread last said that it is. */
  private caret: number | null = null;
  /** The mini-program's textarea has been told where to put the caret. */
  private hasCursor = false;
  /** What the view thread was told last: it ignores a value that is the same as its last one. */
  private told = '';

  /** @param pass carries out what crosses to the view; a page may make it wait */
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

  /** The user typed; `cursor` is where the caret is now. */
  typed(text: string, cursor?: number): void {
    this.text = text;
    this.caret = process.env.TARO_ENV === 'weapp' ? (cursor ?? text.length) : null;
  }

  /** What the next emoji replaces: what is selected, else nothing at the caret. */
  get selection(): Selection {
    const { length } = this.text;
    const inner = this.caret === null ? this.inner() : null;
    const start = Math.min(inner?.selectionStart ?? this.caret ?? length, length);
    return { start, end: Math.max(start, Math.min(inner?.selectionEnd ?? start, length)) };
  }

  /** The app changes the text and says where the caret is then. */
  apply({ text, caret }: Edited): void {
    this.set(text);
    this.caret = caret;
    const inner = this.inner();
    if (inner && globalThis.document.activeElement === inner) this.focused();
  }

  /** The app is about to focus the field: a mini-program's textarea takes the caret from an attribute. */
  beforeFocus(): void {
    if (process.env.TARO_ENV !== 'weapp' || this.caret === null) return;
    this.hasCursor = true;
    const { caret } = this;
    this.pass(() => this.element?.setAttribute('cursor', String(caret)));
  }

  /** The field has the focus; a browser's textarea is moved to where the app put the caret. */
  focused(): void {
    const inner = this.inner();
    if (!inner || this.caret === null) return;
    inner.setSelectionRange(this.caret, this.caret);
    this.caret = null;
  }

  /** The field has lost the focus with the caret there (mini-program only). */
  left(cursor?: number): void {
    if (process.env.TARO_ENV !== 'weapp') return;
    if (cursor !== undefined) this.caret = cursor;
    if (!this.hasCursor) return;
    // Otherwise the next tap into the field would find the caret at the old place.
    this.hasCursor = false;
    this.pass(() => this.element?.setAttribute('cursor', NO_CURSOR));
  }

  /** The app changes the text: cleared after sending, an emoji added, a recalled text taken up again. */
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
    // Not Taro.nextTick: it may run before the flush, and the view would see the last value only.
    setTimeout(() => this.pass(() => this.tell(this.text)), AFTER_FLUSH_MS);
  }

  private tell(text: string): void {
    this.told = text;
    this.element?.setAttribute('value', text);
  }
}
