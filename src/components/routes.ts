/** The pages of the main package, as Taro's navigation wants them. */
export const routes = {
  login: '/pages/login/index',
  conversations: '/pages/conversations/index',
  contacts: '/pages/contacts/index',
  me: '/pages/me/index',
  inspector: '/packages/diagnostics/inspector/index',
  devices: '/packages/devices/index',
  meeting: '/packages/meeting/index',
  call: '/packages/call/index',
  rooms: '/packages/chatroom/list/index',
  chat: (conversationId: string): string =>
    `/pages/chat/index?conversationId=${encodeURIComponent(conversationId)}`,
} as const;
