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
    if (text === this.told && typed !== text) {
      this.tell(typed);
      // Not Taro.nextTick: it may run before the flush, and the view would see the last value only.
      setTimeout(() => this.tell(this.text), AFTER_FLUSH_MS);
    } else {
      this.tell(text);
    }
  }

  private tell(text: string): void {
    this.told = text;
    this.element?.setAttribute('value', text);
  }
}
