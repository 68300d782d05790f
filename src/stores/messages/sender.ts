import type { EngineMessage } from './entry';

/** Sends own messages through one of the SDKs. */
export interface Sender<M extends EngineMessage> {
  readonly isOpen: boolean;
  /** Called when the link is up and it is known which own messages the server already has. */
  onOpen(handler: () => void): () => void;
  /**
   * Resolves with the server's copy. The same messageClientId makes the server count a repeated message once.
   * @throws ConnectionError
   */
  send(original: M, conversationId: string, onProgress: (percent: number) => void): Promise<M>;
  /** Ends the upload of a message that the user gave up. */
  cancelUpload(original: M): void;
  /** Called with the SDK's copy after the upload of its file; a retry must not upload again. */
  onUploaded(handler: (message: M) => void): () => void;
}

/**
 * Whether the attachment of a message has an address. The SDK's copy of a text has the text as attachment, so
 * the type is checked.
 */
export function hasAddress({ attachment }: EngineMessage): boolean {
  if (typeof attachment !== 'object' || attachment === null) return false;
  return 'url' in attachment && !!attachment.url;
}
