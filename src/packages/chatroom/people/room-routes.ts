/** The pages about a room one is in. */
export const roomRoutes = {
  people: (roomId: string): string => `/packages/chatroom/people/index?roomId=${roomId}`,
  about: (roomId: string): string => `/packages/chatroom/about/index?roomId=${roomId}`,
} as const;
