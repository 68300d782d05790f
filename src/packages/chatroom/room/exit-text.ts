import { signedOutReason } from '@/components/reason-text';
import type { Language } from '@/i18n';
import type { ExitCause } from '../connection/room-state';
import type { ChatroomKey, Say } from '../texts';

/** Parameters with words of their own, by the beginning of the field's name. */
const WRONG: readonly ChatroomKey[] = [
  'exit.wrong.roomId',
  'exit.wrong.accountId',
  'exit.wrong.token',
  'exit.wrong.timeout',
  'exit.wrong.roomNick',
  'exit.wrong.serverExtension',
  'exit.wrong.notificationExtension',
  'exit.wrong.tagConfig.tags',
  'exit.wrong.locationConfig',
  'exit.wrong.antispamConfig.antispamBusinessId',
];
/** The table says of a code that may pass what is done about it; after the end nothing is. */
const STILL_TRYING = /，正在[^，]*$|, (trying|reconnecting)[^,]*$/;

/** Why the visit is over. */
export function exitText(cause: ExitCause, code: number, say: Say, language: Language): string {
  if (cause.kind === 'left') return say('exit.left');
  if (cause.kind === 'refused' && cause.field) return wrongText(cause.field, say);
  // A visit is proved as IM is, often without a password: a refused proof means "sign in again".
  return signedOutReason(code, language).replace(STILL_TRYING, '');
}

function wrongText(field: string, say: Say): string {
  const key = WRONG.find((one) => `exit.wrong.${field}.`.startsWith(`${one}.`));
  return key ? say(key) : say('exit.wrong', { field });
}
