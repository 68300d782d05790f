import { toast } from '@/components/page/dialogs';
import { systemClock } from '@/platform';
import { checkText, type TextPlace } from '@/stores/messages/text-check';
import type { ComposerInlet } from './composer-inlet';

/** Sends a text that the product's check lets pass. A refused text is in the composer again. */
export function submitText(
  text: string,
  place: TextPlace,
  inlet: ComposerInlet,
  send: (text: string) => void,
): void {
  checkText(text, place, systemClock, {
    send,
    refuse: (reason) => {
      inlet.edit((now) => now || text);
      toast(reason);
    },
  });
}
