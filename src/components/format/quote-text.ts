import { cutTo, type Translate } from '@/i18n';
import { contentOf, type NameCard } from '@/stores';
import { messageKind, previewTextOf, readMessage } from '@/stores/messages/kinds';
import { customNameOf } from '@/stores/messages/kinds/custom';
import type { RawMessage } from '@/stores/messages/kinds/kind-spec';
import { shortName } from './file-name';
import { oneLine } from './one-line';
import { kindText } from './preview-text';

/** Longest text of a quote, UTF-16 units: a line shows fewer, and each row pays for it. */
const QUOTE_LENGTH = 40;
/** Columns of the name of a file. */
const NAME_COLUMNS = 24;

/** One line that says what a quoted message is: its text, or the name of its kind with the name of its content. */
export function quoteText(message: RawMessage, t: Translate): string {
  const kind = messageKind(message.messageType);
  const text = oneLine(previewTextOf(message));
  if (text) {
    const cut = cutTo(text, QUOTE_LENGTH);
    return cut === text ? text : `${cut}…`;
  }
  const custom = customNameOf(message);
  // The names of kinds and of custom types are texts without placeholders.
  const name = custom ? t(custom as 'preview.merged') : kindText(kind, '', t);
  const detail = shortName(detailOf(message), NAME_COLUMNS);
  return detail ? `${name} ${detail}` : name;
}

/** The name of a file, a place or a person. */
function detailOf(message: RawMessage): string {
  const read = readMessage(message);
  const custom = contentOf(read, 'custom');
  return (
    contentOf(read, 'file')?.name ??
    contentOf(read, 'location')?.title ??
    (custom?.type === 'nameCard' ? ((custom.value as NameCard | null)?.name ?? '') : '')
  );
}
