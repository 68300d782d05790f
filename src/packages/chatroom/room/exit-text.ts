import { signedOutReason } from '@/components/page/reason-text';
import type { Language } from '@/i18n';
import type { ExitCause } from '../connection/room-state';
import type { ChatroomKey, ChatroomTexts } from '../texts';

/** Parameters that have a text, found by the beginning of the field's name. */
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
/** The reasons table adds to a temporary code that the client tries again; after the end of a visit it does not. */
const STILL_TRYING = /，正在[^，]*$|, (trying|reconnecting)[^,]*$/;

/** The reason why the visit is over. */
export function exitText(
  cause: ExitCause,
  code: number,
  t: ChatroomTexts,
  language: Language,
): string {
  if (cause.kind === 'left') return t('exit.left');
  if (cause.kind === 'refused' && cause.field) return wrongText(cause.field, t);
  // A room checks the same token as IM, often without a password: a refused token means "sign in again".
  return signedOutReason(code, language).replace(STILL_TRYING, '');
}

function wrongText(field: string, t: ChatroomTexts): string {
  const key = WRONG.find((one) => `exit.wrong.${field}.`.startsWith(`${one}.`));
  return key ? t(key) : t('exit.wrong', { field });
}
