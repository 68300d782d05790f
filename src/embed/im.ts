import { autorun } from 'mobx';
import { embedding } from '@/components/page/embedding';
import { navigate } from '@/components/page/navigate';
import { reasonText } from '@/components/page/reason-text';
import { Listeners } from '@/platform';
import { Code } from '@/sdk/codes';
import type { RootStore, SignIn } from '@/stores';
import { envOf } from './configuration';
import type {
  Im,
  ImCredentials,
  ImError,
  ImIncomingCall,
  ImLanguage,
  ImNotice,
  ImOptions,
  ImSession,
  ImStop,
  ImTarget,
  ImTheme,
} from './host-types';
import { watchNotices } from './notices';
import { NotStarted, SignedOut, Tabs } from './parts';
import { running, type Run } from './running';
import { openTarget } from './targets';

const NOBODY: ImSession = { status: 'signedOut', accountId: null, code: 0 };

/** The interface for the host; host-types.ts describes each member. */
class EmbeddedIm implements Im {
  session = NOBODY;
  unreadCount = 0;
  private incomingCall: ImIncomingCall | null = null;
  private remembersAccount = false;
  private readonly sessions = new Listeners<[ImSession]>();
  private readonly counts = new Listeners<[number]>();
  private readonly calls = new Listeners<[ImIncomingCall | null]>();
  private readonly notices = new Listeners<[ImNotice]>();
  private stops: ImStop[] = [];

  get isStarted(): boolean {
    return running.get() !== null;
  }

  start(options: ImOptions = {}): void {
    if (this.isStarted) throw new Error('im.start: started already; call leave() before.');
    const { configuration = {}, offersUpdates = false, signInPage = false } = options;
    embedding.parts = { Tabs, NotStarted, SignedOut, usesSignInPage: signInPage };
    this.remembersAccount = options.remembersAccount ?? false;
    const { root } = running.begin({ configuration: envOf(configuration), offersUpdates });
    if (options.language !== undefined) root.settings.chooseLanguage(options.language);
    if (options.theme !== undefined) root.settings.chooseTheme(options.theme);
    this.stops = [
      autorun(() => this.tellSession(root)),
      autorun(() => this.tellUnread(root.account?.conversations.totalUnread ?? 0)),
      autorun(() => this.tellCall(incomingCallIn(root))),
      watchNotices(root, (notice) => this.notices.emit(notice)),
    ];
    void root.remoteConfig.load();
    if (this.remembersAccount) void root.session.restore();
  }

  countSocket(url: string): () => void {
    const { gate } = this.run().core;
    const nothing = () => undefined;
    const ticket = gate.request({
      url,
      owner: 'app',
      start: nothing,
      refuse: nothing,
      close: nothing,
      giveUp: nothing,
    });
    ticket.opened();
    return () => ticket.closed();
  }

  async signIn(credentials: ImCredentials): Promise<void> {
    const { root } = this.run();
    const remember = this.remembersAccount;
    await root.session.signIn(signInWith(credentials), { remember });
    const { status, error } = root.session;
    if (status !== 'signedIn') throw failure(error?.code ?? Code.cancelled, root);
  }

  async signOut(): Promise<void> {
    await running.get()?.root.session.signOut();
  }

  onSession(handler: (session: ImSession) => void): ImStop {
    return subscribed(this.sessions, handler, this.session);
  }

  onUnread(handler: (count: number) => void): ImStop {
    return subscribed(this.counts, handler, this.unreadCount);
  }

  onIncomingCall(handler: (call: ImIncomingCall | null) => void): ImStop {
    return subscribed(this.calls, handler, this.incomingCall);
  }

  onNotice(handler: (notice: ImNotice) => void): ImStop {
    return this.notices.add(handler);
  }

  rejectCall(): void {
    running.get()?.root.account?.call.reject();
  }

  async open(target: ImTarget): Promise<void> {
    const { root } = this.run();
    const opening = openTarget(target, root);
    if (!opening) throw failure(Code.noSession, root);
    const { url, cancel } = opening;
    if (await navigate(url, 'open', { settings: root.settings })) return;
    cancel?.();
    throw new Error(
      `im.open: WeChat did not open ${url}; ${getCurrentPages().length} pages are open`,
    );
  }

  setLanguage(language: ImLanguage | null): void {
    this.run().root.settings.chooseLanguage(language);
  }

  setTheme(theme: ImTheme | null): void {
    this.run().root.settings.chooseTheme(theme);
  }

  async leave(): Promise<void> {
    for (const stop of this.stops) stop();
    this.stops = [];
    const ended = running.end();
    this.setSession(NOBODY);
    this.tellUnread(0);
    this.tellCall(null);
    await ended;
  }

  /** @throws Error before `start` */
  private run(): Run {
    const run = running.get();
    if (!run) throw new Error('im: call start() before.');
    return run;
  }

  private tellSession({ session: { status, accountId, error } }: RootStore): void {
    this.setSession({ status, accountId, code: error?.code ?? 0 });
  }

  private setSession(session: ImSession): void {
    const { status, accountId, code } = this.session;
    if (session.status === status && session.accountId === accountId && session.code === code)
      return;
    this.session = session;
    this.sessions.emit(session);
  }

  private tellUnread(count: number): void {
    if (count === this.unreadCount) return;
    this.unreadCount = count;
    this.counts.emit(count);
  }

  private tellCall(call: ImIncomingCall | null): void {
    if (call === null && this.incomingCall === null) return;
    this.incomingCall = call;
    this.calls.emit(call);
  }
}

function subscribed<T>(listeners: Listeners<[T]>, handler: (value: T) => void, now: T): ImStop {
  const stop = listeners.add(handler);
  handler(now);
  return stop;
}

function incomingCallIn({ account }: RootStore): ImIncomingCall | null {
  const call = account?.call.incoming;
  if (!account || !call) return null;
  const { peerId } = call;
  return {
    accountId: peerId,
    name: account.users.get(peerId).name,
    type: account.call.devices.type,
  };
}

function signInWith(credentials: ImCredentials): SignIn {
  const { accountId } = credentials;
  if ('tokenProvider' in credentials)
    return { way: 'dynamic', accountId, tokenProvider: credentials.tokenProvider };
  const { token, renewToken } = credentials;
  return { way: 'static', accountId, token, ...(renewToken ? { renewToken } : {}) };
}

function failure(code: number, { settings }: RootStore): ImError {
  return Object.assign(new Error(`${code} ${reasonText(code, settings.language)}`), { code });
}

export const im: Im = new EmbeddedIm();
