/** The chat that asked for a phrase last. */
let asked: ((phrase: string) => void) | undefined;

export const PHRASES_PAGE = '/packages/chat/phrases/index';

export function askForPhrase(receive: (phrase: string) => void): void {
  asked = receive;
}

/** Gives the phrase to the chat that asked; after a reload of the browser there is none. */
export function givePhrase(phrase: string): void {
  asked?.(phrase);
}
