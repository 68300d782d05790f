/** Taro flushes in the next turn or two; an eye sees nothing of this. */
const AFTER_FLUSH_MS = 32;

/** What both a Taro element (mini-program) and a custom element (browser) have. */
export interface FieldElement {
  value: string;
  setAttribute(name: string, value: string): void;
}

/**
 * The text being written. Taro sends every typed letter back to the textarea (FormElement.dispatchEvent),
 * which costs a setData each and makes fast typing jump. Here typing is only remembered; the view thread
 * is told a text when the app itself changes it.
 */
export class DraftField {
  text = '';
  private element: FieldElement | null = null;
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

  /** The user typed. */
  typed(text: string): void {
    this.text = text;
  }

  /** The app changes the text: cleared after sending, an emoji added, a recalled text taken up again. */
  set(text: string): void {
    const typed = this.text;
    this.text = text;
    if (process.env.TARO_ENV !== 'weapp') {
      if (this.element) this.element.value = text;
      return;
    }
    this.pass(() => this.show(typed));
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
