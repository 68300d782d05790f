export { AccountStores } from './session/account';
export { AppServerClient } from './session/app-server-client';
export { CallStore } from './call/call';
export type { Call, CallState, CallType, EndCause } from './call/call-state';
export { Chat } from './chat/chat';
export type { MessageStatus } from './messages/entry';
export { BLOCK_ROWS } from './chat/chat-window';
export { type OtherClient } from './session/clients';
export { type Banner, ConnectionStore } from './app/connection';
export { addressOf } from './conversations/conversation-id';
export { ConversationRow } from './conversations/conversation-row';
export {
  contentOf,
  type ContentOf,
  copyTextOf,
  isLineKind,
  type MessageKind,
  previewKeyOf,
} from './messages/kinds';
export type { CallRecord } from './messages/kinds/call';
export {
  type CustomFields,
  type CustomParser,
  type CustomType,
  MERGED,
  NAME_CARD,
  registerCustomParser,
} from './messages/kinds/custom';
export { type Merged, mergedIn } from './messages/kinds/merged';
export { type NameCard, nameCardIn } from './messages/kinds/name-card';
export type { TeamNotice } from './messages/kinds/notification';
export { isForLink } from './messages/link-lost';
export { MessageRow } from './messages/message-row';
export type { OutgoingFile } from './messages/outgoing-file';
export type { Preview } from './conversations/preview';
export { RemoteConfigStore } from './app/remote-config';
export { createRootStore, RootStore } from './app/root';
export { type SessionError, SessionStore, type SignIn } from './session/session';
export type { Language } from '@/i18n';
export {
  LANGUAGES,
  SettingsStore,
  type SwitchName,
  TEXT_SIZES,
  type TextSize,
  type Theme,
} from './app/settings';
export { UpdateStore } from './app/update';
export type { FriendRequest } from './people/friend-requests';
export { UserEntry } from './people/users';
