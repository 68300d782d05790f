import { type Translate, translatorFor } from '@/i18n';
import type { RootStore, SessionError } from '@/stores';
import { confirm } from './dialogs';
import { deviceName } from './format/device-name';
import { separatorTime } from './format/time';
import { navigate } from './navigate';
import { signedOutReason } from './reason-text';
import { routes } from './routes';

/** What is said of a kick by another client of mine, by its row of the reasons table. */
const BY_CLIENT: Readonly<Record<number, 'connection.kickedBy' | 'connection.signedOutBy'>> = {
  600101: 'connection.kickedBy',
  600109: 'connection.signedOutBy',
};

/** Who a page is for. */
export type Audience = 'signedIn' | 'signedOut' | 'everybody';

/** The end of a login the user is being asked about. The dialog outlives pages, so it is not of one. */
let asked: SessionError | null = null;

/**
 * Takes the user to where the session is: away from the sign-in page once signed in, to it when nobody
 * is. A login that ended by itself is explained first, and coming back is the user's choice: two devices
 * that sign in again by themselves would throw each other out for ever.
 * Runs inside a reaction of the page that is shown.
 */
export function guardSession(root: RootStore, audience: Audience): void {
  const { settings } = root;
  const { status, error } = root.session;
  if (status === 'signedIn' && audience === 'signedOut')
    void navigate(routes.conversations, 'tab', { settings });
  if (status !== 'signedOut' || audience === 'signedOut') return;
  if (!error?.wasSignedIn) {
    if (audience === 'signedIn') void navigate(routes.login, 'restart', { settings });
  } else if (asked !== error) {
    void askToReturn(root, error);
  }
}

async function askToReturn(root: RootStore, error: SessionError): Promise<void> {
  asked = error;
  const { language } = root.settings;
  const t = translatorFor(language);
  const again = await confirm({
    title: t('connection.signedOutTitle'),
    content: endText(error, root, t),
    confirmText: t('connection.signInAgain'),
    cancelText: t('connection.leave'),
  });
  asked = null;
  if (again) void root.session.signInAgain();
  else root.session.dismissError();
}

/** Which device did it and when, if one did; else what the code says. */
function endText({ code, kicked }: SessionError, root: RootStore, t: Translate): string {
  const now = Date.now();
  const time = separatorTime(kicked?.at ?? now, now, t);
  const byClient = BY_CLIENT[code];
  return kicked && byClient
    ? t(byClient, { time, device: deviceName(kicked.clientType, '', t) })
    : t('connection.signedOutAt', { time, text: signedOutReason(code, root.settings.language) });
}
