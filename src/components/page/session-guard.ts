import { Code } from '@/sdk/codes';
import { type Translate, appTexts } from '@/i18n';
import type { RootStore, SessionError } from '@/stores';
import { confirm } from './dialogs';
import { embedding } from './embedding';
import { deviceName } from '../format/device-name';
import { separatorTime } from '../format/time';
import { navigate } from './navigate';
import { signedOutReason } from './reason-text';
import { routes } from './routes';

/** Texts for a kick by another client of this account, by the code of the reasons table. */
const BY_CLIENT: Readonly<Record<number, 'connection.kickedBy' | 'connection.signedOutBy'>> = {
  [Code.kickedByClient]: 'connection.kickedBy',
  [Code.signedOutByClient]: 'connection.signedOutBy',
};

/** The users for whom a page is. */
export type Audience = 'signedIn' | 'signedOut' | 'everybody';

/** The ended login that the dialog is about. The dialog outlives pages, so it belongs to none. */
let asked: SessionError | null = null;

/**
 * Takes the user to the page that fits the session: away from the sign-in page after a sign-in, to it when
 * nobody is signed in. A login that ended by itself is explained first, and the user decides whether to sign
 * in again: two devices that sign in by themselves would kick each other forever. Runs inside a reaction of
 * the shown page.
 */
export function guardSession(root: RootStore, audience: Audience): void {
  const { settings } = root;
  const { status, error } = root.session;
  if (status === 'signedIn' && audience === 'signedOut')
    void navigate(routes.conversations, 'tab', { settings });
  if (status !== 'signedOut' || audience === 'signedOut') return;
  if (!error?.wasSignedIn) {
    // In a host that signs its users in, the page says so and the host is told.
    const isHosts = process.env.APP_EMBED_ROOT && !embedding.parts?.usesSignInPage;
    if (audience === 'signedIn' && !isHosts) void navigate(routes.login, 'restart', { settings });
  } else if (asked !== error) {
    void askToReturn(root, error);
  }
}

async function askToReturn(root: RootStore, error: SessionError): Promise<void> {
  asked = error;
  const { language } = root.settings;
  const t = appTexts(language);
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

/** Names the device and the time of the kick, if a client caused it; otherwise gives the text of the code. */
function endText({ code, kicked }: SessionError, root: RootStore, t: Translate): string {
  const now = Date.now();
  const time = separatorTime(kicked?.at ?? now, now, t);
  const byClient = BY_CLIENT[code];
  return kicked && byClient
    ? t(byClient, { time, device: deviceName(kicked.clientType, '', t) })
    : t('connection.signedOutAt', { time, text: signedOutReason(code, root.settings.language) });
}
