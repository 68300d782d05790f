import type { TextKey } from '@/i18n';

/** The fields of a message that its kind reads. The messages of both SDKs have them. */
export interface RawMessage {
  /** A V2NIMMessageType; newer servers send types that this version does not know. */
  readonly messageType?: number;
  readonly text?: string;
  readonly attachment?: unknown;
  /** JSON of the sender; see `extensionIn`. */
  readonly serverExtension?: string;
}

/** The rules of a message kind outside the view. */
export interface KindSpec<Content> {
  /** The V2NIMMessageType. */
  readonly messageType: number;
  /** Shown as a line in the middle, without author and bubble. */
  readonly isLine?: true;
  /** The content of a message. Runs when the entry is made, and must not throw. */
  parse(message: RawMessage): Content;
  /** The name of the kind where there is no room for the content, or where the content is empty. */
  readonly previewKey: TextKey | null;
  /** The text that a preview shows in place of the name. */
  previewText?(content: Content): string;
  /** The text that "copy" puts on the clipboard; a kind without this method has no such action. */
  copyText?(content: Content): string;
}
