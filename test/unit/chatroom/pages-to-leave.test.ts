import { pagesToLeave } from '@/packages/chatroom/people/pages-to-leave';

describe('leaving a room', () => {
  const room = (name: string) => `packages/chatroom/${name}/index`;

  test('goes back past every page of the room', () => {
    const list = 'packages/chatroom/list/index';
    expect(pagesToLeave([list, room('room'), room('about')])).toBe(2);
    expect(pagesToLeave([list, room('room'), room('about'), room('people')])).toBe(3);
    expect(pagesToLeave(['pages/me/index', `${room('room')}`])).toBe(1);
  });

  test('finds no page to go back to when a page was opened by its address', () => {
    expect(pagesToLeave([room('about')])).toBe(0);
    expect(pagesToLeave([])).toBe(0);
  });

  test("reads a browser's routes with a leading slash and a query", () => {
    expect(pagesToLeave(['/pages/me/index', '/packages/chatroom/room/index?roomId=1'])).toBe(1);
  });
});
