import { type Clock, foreignCall } from '@/platform';

/** Where a text is written. */
export interface TextPlace {
  /** The conversation, or the id of the room. */
  readonly id: string;
  readonly kind: 'message' | 'edit' | 'room';
}

/** Nothing: the text is sent as it is. `text`: sent in its place. `refuse`: nothing is sent, and the user reads why. */
export type TextVerdict =
  { readonly text: string } | { readonly refuse: string } | null | undefined;

/** A product's look at a text before it is sent. */
export type TextCheck = (text: string, place: TextPlace) => TextVerdict | Promise<TextVerdict>;

/** Longest wait for a check. */
const LIMIT_MS = 3000;

let check: TextCheck | null = null;
/** The checks run one after the other, so that texts are sent in the order in which they were written. */
let last: Promise<unknown> = Promise.resolve();

/** A product sets its check once; null, the default, is none. */
export function setTextCheck(chosen: TextCheck | null): void {
  check = chosen;
}

/**
 * Asks the product's check. A check that throws, answers something else, or gives no answer within 3 s lets the text
 * pass: a broken word list must not silence all users, and the check that binds is that of the server.
 */
export function checkText(
  text: string,
  place: TextPlace,
  clock: Clock,
  { send, refuse }: { send: (text: string) => void; refuse: (reason: string) => void },
): void {
  const asked = check;
  if (!asked) {
    send(text);
    return;
  }
  last = last
    .then(() =>
      foreignCall(() => asked(text, place), {
        clock,
        limitMs: LIMIT_MS,
        onLimit: () => new Error('no answer'),
      }),
    )
    .catch(() => null)
    .then((verdict) => {
      const { text: changed, refuse: reason } = (verdict ?? {}) as {
        text?: unknown;
        refuse?: unknown;
      };
      if (typeof reason === 'string') refuse(reason);
      else send(typeof changed === 'string' && changed.trim() !== '' ? changed : text);
    })
    .catch(() => undefined);
}
