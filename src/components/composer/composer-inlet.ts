import type { Edited, Selection } from './caret';

/** Other parts of a page write into its composer through this object. */
export class ComposerInlet {
  /** Set by the composer: changes the written text, and opens the keyboard. */
  edit: (change: (text: string) => string) => void = () => undefined;
  /** Set by the composer: changes the text at the caret, and opens the keyboard. */
  write: (change: (text: string, selection: Selection) => Edited) => void = () => undefined;
}

/** Sees each edit of the written text, by the user or by the app, and may change it. */
export interface FieldWatch {
  edit(edited: Edited): Edited;
}
