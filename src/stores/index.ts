export { AccountStores } from './account';
export {
  type Access,
  AppServerClient,
  type ContentVerdict,
  type Identity,
} from './app-server-client';
export type { AppServerSession, SessionProvider, SessionTools } from './app-server-session';
export { CallStore } from './call';
export {
  type CallMedia,
  type CallMediaEvents,
  type CallMediaFactory,
  CallMediaPlug,
  type MediaSession,
} from './call/call-media';
export { type CallOutcome, type CallRecord, readRecord } from './call/call-record';
export type { Call, CallState, CallType, EndCause } from './call/call-state';
export { Chat } from './chat';
export type { MessageStatus } from './chat-entry';
export { BLOCK_ROWS } from './chat-window';
export { ClientsStore, type OtherClient } from './clients';
export { type Banner, ConnectionStore } from './connection';
export { addressOf, p2pConversationId } from './conversation-id';
export { ContactStore } from './contacts';
export { ConversationRow } from './conversation-row';
export { type ConversationListState, ConversationStore } from './conversations';
export type { MessageKind } from './message-kind';
export { MessageRow } from './message-row';
export { MessageStore } from './messages';
export type { Preview } from './preview';
export type { SignInWay } from './remembered-account';
export { type RemoteConfig, RemoteConfigStore } from './remote-config';
export { createRootStore, type RootDependencies, RootStore } from './root';
export { type SessionError, type SessionStatus, SessionStore, type SignIn } from './session';
export { type Language, SettingsStore, type Theme } from './settings';
export { UpdateStore } from './update';
export { UserEntry, UserStore } from './users';
