import type { Core } from '@/connection/boot';
import type { MeetingStore } from '@/packages/meeting/meeting-store';
import type { actsOf, MessageActs } from '@/stores/chat/acts';
import type { Typing } from '@/stores/chat/typing';
import type { UnreadWalk } from '@/stores/chat/unread-walk';
import type * as answers from '@/stores/people/friend-answers';
import type { teamsOf } from '@/stores/teams/account-teams';
import type { PersonCard } from '@/stores/people/person-card';
import type { Readers } from '@/stores/chat/readers';
import type { AccountStores, Chat, RootStore, SignIn } from '@/stores';
import { createWx, type WxHandle, type WxOptions } from '../wx';
import { noteAskedHosts } from './asked-hosts';
import { addWatch, addWitness, poke } from './activity';
import { bundle, evaluate } from './bundle';
import { type EmulatorAddress, environmentOf } from './environment';
import { waitFor } from './wait-for';

export interface CoreModule {
  boot: () => Core;
  createRootStore: (core: Core) => RootStore;
  autorun: (look: () => void) => () => void;
  actsOf: typeof actsOf;
  Typing: typeof Typing;
  teamsOf: typeof teamsOf;
  UnreadWalk: typeof UnreadWalk;
  MeetingStore: typeof MeetingStore;
  askToBefriend: typeof answers.askToBefriend;
  acceptRequest: typeof answers.acceptRequest;
  rejectRequest: typeof answers.rejectRequest;
  PersonCard: typeof PersonCard;
  Readers: typeof Readers;
}

/** A client of the app's own core, isolated: its own MobX stores, SDK singleton and `wx`. */
export interface Client {
  readonly name: string;
  readonly root: RootStore;
  readonly core: Core;
  readonly wx: WxHandle;
  /** The bundle of the client, for parts that the core does not create. */
  readonly module: CoreModule;
  /** The stores of the signed-in account. @throws when nobody is signed in */
  readonly account: AccountStores;
  /** The acts on sent messages of the signed-in account. */
  readonly acts: MessageActs;
  /** Signs in and waits until the session is online. @throws with the session's error */
  signIn(signIn: SignIn, options?: { remember?: boolean }): Promise<void>;
  /** Opens the chat with an account and waits for its first page. */
  chatWith(accountId: string): Promise<Chat>;
  /** Closes the app: sockets close without a sign-out. */
  dispose(): Promise<void>;
}

export interface ClientOptions {
  emulator: EmulatorAddress;
  wxOptions?: WxOptions;
  name?: string;
  /** Global names that this client sees differently; see `evaluate`. */
  globals?: Record<string, unknown>;
}

let clients = 0;

export function createClient({
  emulator,
  wxOptions = {},
  name,
  globals = {},
}: ClientOptions): Client {
  const wx = createWx(wxOptions);
  const script = bundle('core-entry.ts');
  const module = evaluate<CoreModule>(script, wx.wx, environmentOf(emulator), globals);
  const { boot, createRootStore, autorun } = module;
  const core = boot();
  const root = createRootStore(core);
  const stopPoking = wx.onActivity(poke);
  const stopWatch = addWatch(autorun);
  const label = name ?? `client ${++clients}`;
  const stopWitness = addWitness(() => describe(label, root, core, wx));
  const account = () => {
    if (!root.account) throw new Error(`${label} is not signed in`);
    return root.account;
  };
  return {
    name: label,
    root,
    core,
    wx,
    module,
    get account() {
      return account();
    },
    get acts() {
      return module.actsOf(account(), core.platform.clock);
    },
    async signIn(signIn, options) {
      await root.session.signIn(signIn, options);
      const { error } = root.session;
      if (error) throw Object.assign(new Error(`sign-in failed: ${error.code}`), error);
      await waitFor(() => root.account?.conversations.state === 'ready', {
        what: `${label} to have its conversations`,
      });
    },
    async chatWith(accountId) {
      const { conversations, messages } = account();
      const chat = messages.open(conversations.conversationIdWith(accountId));
      await waitFor(() => chat.ready, { what: `${label}'s first page with ${accountId}` });
      return chat;
    },
    async dispose() {
      root.dispose();
      await core.manager.destroy();
      stopPoking();
      stopWatch();
      stopWitness();
      wx.dispose();
      noteAskedHosts(wx);
    },
  };
}

/** Texts of a chat from the oldest to the newest. */
export function textsOf({ history, live }: Chat): string[] {
  return rowsOf({ history, live }).map((row) => row.text);
}

/** Rows of a chat from the oldest to the newest. */
export function rowsOf({ history, live }: Pick<Chat, 'history' | 'live'>) {
  return [...history.slice().reverse(), ...live];
}

function describe(
  label: string,
  { session, account }: RootStore,
  core: Core,
  wx: WxHandle,
): string {
  const state = JSON.stringify(core.manager.state);
  const lines = [`${label}: ${session.status} ${session.accountId ?? ''} ${state}`];
  if (session.error) lines.push(`  error ${JSON.stringify(session.error)}`);
  for (const row of account?.conversations.rows ?? []) {
    lines.push(`  ${row.conversationId} unread ${row.unread} ${JSON.stringify(row.preview)}`);
    const chat = account?.messages.chat(row.conversationId);
    if (chat) {
      const rows = rowsOf(chat);
      const unsent = rows.filter(({ status }) => status !== 'sent');
      lines.push(`    ${rows.length} rows, the last: ${rows.slice(-8).map(brief).join(' | ')}`);
      if (unsent.length > 0) lines.push(`    not sent: ${unsent.map(brief).join(' | ')}`);
    }
  }
  lines.push(
    ...core.journal
      .entries()
      .slice(-15)
      .map(({ kind, text }) => `  ${kind} ${text}`),
  );
  for (const error of wx.errors) lines.push(`  thrown: ${String(error)}`);
  return lines.join('\n');
}

function brief({ text, status, errorCode }: { text: string; status: string; errorCode: number }) {
  return `${text} ${status}${errorCode || ''}`;
}
