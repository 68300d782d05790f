import type { Merged } from '@/stores';

/** The pages of the main package, in the form that Taro's navigation takes. */
export const routes = {
  login: '/pages/login/index',
  conversations: '/pages/conversations/index',
  contacts: '/pages/contacts/index',
  me: '/pages/me/index',
  inspector: '/packages/diagnostics/inspector/index',
  devices: '/packages/devices/index',
  settings: '/packages/settings/index',
  meeting: '/packages/meeting/index',
  call: '/packages/call/index',
  viewer: '/packages/media/viewer/index',
  video: '/packages/media/video/index',
  rooms: '/packages/chatroom/list/index',
  teams: '/packages/team/list/index',
  teamRequests: '/packages/team/requests/index',
  team: ({ teamId, teamType }: { teamId: string; teamType: number }): string =>
    `/packages/team/settings/index?team=${teamId}&type=${teamType}`,
  /** Applies to a team, without a team after its id is typed. */
  applyTo: ({ teamId, teamType }: { teamId: string; teamType: number }): string =>
    `/packages/team/apply/index?team=${teamId}&type=${teamType}`,
  newTeam: (accountId: string): string =>
    `/packages/team/pick/index?with=${encodeURIComponent(accountId)}`,
  chat: (conversationId: string): string =>
    `/packages/chat/index?conversationId=${encodeURIComponent(conversationId)}`,
  /** A chat that opens at a message. `createTime`: server time, milliseconds. */
  message: (
    conversationId: string,
    { messageClientId, createTime }: { messageClientId: string; createTime: number },
  ): string => `${routes.chat(conversationId)}&message=${messageClientId}&time=${createTime}`,
  selectText: '/packages/chat/text/index',
  person: '/packages/chat/person/index',
  forward: '/packages/chat/forward/index',
  newChat: '/packages/chat/person/index?for=chat',
  pins: (conversationId: string): string =>
    `/packages/chat/pins/index?conversationId=${encodeURIComponent(conversationId)}`,
  favourites: '/packages/chat/favourites/index',
  reminders: '/packages/chat/reminders/index',
  search: '/packages/search/index',
  /** The search in a chat. `words`: searched when the page opens. */
  searchChat: (conversationId: string, words = ''): string =>
    `/packages/search/chat/index?conversationId=${encodeURIComponent(conversationId)}` +
    `&words=${encodeURIComponent(words)}`,
  requests: '/packages/people/requests/index',
  notices: '/packages/people/notices/index',
  blocked: '/packages/people/blocked/index',
  addFriend: '/packages/people/add/index',
  profile: '/packages/people/profile/index',
  ownCode: '/packages/people/code/index',
  card: (accountId: string): string =>
    `/packages/people/card/index?account=${encodeURIComponent(accountId)}`,
  merged: ({ url, md5, title }: Merged, level: number): string =>
    `/packages/chat/merged/index?level=${level}&md5=${md5}` +
    `&title=${encodeURIComponent(title)}&url=${encodeURIComponent(url)}`,
} as const;
