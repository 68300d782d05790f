const ROOM_PAGES = /packages\/chatroom\/(room|people|about)\//;

/** The number of pages to go back until the top page is not about a room; 0 when there is none below. */
export function pagesToLeave(stack: readonly string[]): number {
  for (let back = 1; back < stack.length; back++)
    if (!ROOM_PAGES.test(`${stack[stack.length - 1 - back] ?? ''}/`)) return back;
  return 0;
}
