/** The pages of this sub-package. */
export const roomRoutes = {
  list: '/packages/chatroom/list/index',
  room: (roomId: string, asGuest = false): string =>
    `/packages/chatroom/room/index?roomId=${encodeURIComponent(roomId)}${asGuest ? '&guest=1' : ''}`,
  /** The members, or the card of one member. */
  people: (roomId: string, accountId = ''): string =>
    `/packages/chatroom/people/index?roomId=${encodeURIComponent(roomId)}${
      accountId ? `&accountId=${encodeURIComponent(accountId)}` : ''
    }`,
  about: (roomId: string): string =>
    `/packages/chatroom/about/index?roomId=${encodeURIComponent(roomId)}`,
} as const;
