/*
 * The interface of the chat for the mini-program that it is built into; docs/how-to/embed.md. This file is complete
 * without others: `npm run embed` writes it beside the code as host.d.ts.
 */

export type ImLanguage = 'zh-CN' | 'zh-TW' | 'en';
export type ImTheme = 'light' | 'dark';

/** Every field that is left out has the value of the build (.env files of the chat's project). */
export interface ImConfiguration {
  appkey?: string;
  /** The LBS address of Yunxin, with https://. */
  lbsUrl?: string;
  /** `host[:port]` of the link that is used when the LBS fails. */
  linkUrl?: string;
  /** Base URL of the company's own backend (docs/app-server.md). */
  appServer?: string;
  /** The upload address of chatrooms. */
  uploadUrl?: string;
  /** Host names in WeChat's lists of domains. */
  requestHosts?: readonly string[];
  socketHosts?: readonly string[];
  uploadHosts?: readonly string[];
  downloadHosts?: readonly string[];
  /** Whether the SDK reports to its vendor's statistics hosts. */
  statistics?: boolean;
}

export interface ImOptions {
  configuration?: ImConfiguration;
  /** Left out, the default: as the user has chosen in the settings, or as the system. null: as the system. */
  language?: ImLanguage | null;
  theme?: ImTheme | null;
  /** A user who is not signed in is taken to the chat's sign-in page. Default: false, the host signs in. */
  signInPage?: boolean;
  /**
   * Keeps a user who signed in with a token signed in: the next `start` signs in. The list and unsent texts are kept
   * too, also for a token provider. Default: false.
   */
  remembersAccount?: boolean;
  /** The chat asks for a restart when WeChat has a new version of the mini-program. Default: false. */
  offersUpdates?: boolean;
}

export type ImCredentials =
  /** A static token. `renewToken`: called when the server refuses the token. */
  | {
      accountId: string;
      token: string;
      renewToken?: (accountId: string) => Promise<string>;
    }
  /** Dynamic tokens: the provider is called before each attempt, reconnects included, and has 10 s. */
  | { accountId: string; tokenProvider: (accountId: string) => Promise<string> };

/** What `open` opens. */
export type ImTarget =
  | { page: 'conversations' | 'contacts' | 'me' | 'rooms' | 'settings' }
  /** The chat with an account. */
  | { person: string }
  | { team: string; isSuper?: boolean }
  /** A chatroom. A guest needs no sign-in. */
  | { room: string; asGuest?: boolean }
  /** Calls an account. */
  | { call: string; type?: 'audio' | 'video' }
  /** The page of the call that rings or runs. */
  | { call: 'current' };

export interface ImSession {
  status: 'signedOut' | 'restoring' | 'signingIn' | 'signedIn';
  accountId: string | null;
  /** Why the last sign-in failed or the login ended (docs/errors.md of the chat's project); 0 without a reason. */
  code: number;
}

/** A call that rings. */
export interface ImIncomingCall {
  accountId: string;
  name: string;
  type: 'audio' | 'video';
}

/** A message that has just arrived in a conversation that is not muted. */
export interface ImNotice {
  /** What `open` takes to open the conversation. */
  target: { person: string } | { team: string; isSuper?: boolean };
  /** The name of the person or the team. */
  title: string;
  /** The message as in the list of conversations. */
  text: string;
}

/** Rejections of this interface: an Error with a code of docs/errors.md. */
export interface ImError extends Error {
  code: number;
}

/** A function that ends a subscription. */
export type ImStop = () => void;

export interface Im {
  /**
   * Starts the chat without a sign-in and puts the socket gate in place: call it before the host opens a socket. From
   * then on `wx.connectSocket` counts all sockets, 5 in all and 2 to one domain, and holds a connect without room
   * for 7 s at most.
   * @throws Error naming each wrong field of the configuration; Error when the chat is started already
   */
  start(options?: ImOptions): void;
  /** Whether `start` was called, and not `leave` after it. */
  readonly isStarted: boolean;
  /**
   * Counts a socket that the host opened before `start`. Returns the function to call in the `onClose` of the socket.
   */
  countSocket(url: string): () => void;
  /**
   * Signs in, also in place of another account. Resolves when online; while there is no network it goes on trying.
   * Rejects with an ImError.
   */
  signIn(credentials: ImCredentials): Promise<void>;
  /** Resolves when every socket is closed and nothing of the account is left on the device. */
  signOut(): Promise<void>;
  readonly session: ImSession;
  /** Called at once and with each change. */
  onSession(handler: (session: ImSession) => void): ImStop;
  readonly unreadCount: number;
  /** The number of unread messages; called at once and with each change. */
  onUnread(handler: (count: number) => void): ImStop;
  /**
   * Called when a call rings, again when the name of the caller is known (the account until then), and with null when
   * the call does not ring any more. Called at once with the call that rings, or null.
   */
  onIncomingCall(handler: (call: ImIncomingCall | null) => void): ImStop;
  /** Rejects the call that rings. To answer it: `open({ call: 'current' })`. */
  rejectCall(): void;
  onNotice(handler: (notice: ImNotice) => void): ImStop;
  /**
   * Opens a page over the page on the screen. Rejects with an Error when WeChat refuses, and with an ImError when
   * nobody is signed in and the page is for signed-in users.
   */
  open(target: ImTarget): Promise<void>;
  setLanguage(language: ImLanguage | null): void;
  setTheme(theme: ImTheme | null): void;
  /**
   * Ends the chat and its call, with all timers and sockets of the chat. The stored data stays. Our pages say that the
   * chat has ended; the host closes them. Subscriptions stay and go on after the next `start`.
   */
  leave(): Promise<void>;
}

export declare const im: Im;
