import '@/connection/room-reasons';
import { allReasons } from '@/connection';
import { exitCode } from '@/packages/chatroom/connection/room-state';

test('the reasons table has a row for every cause of an exit', () => {
  const rows = allReasons().map(({ code }) => code);
  const causes = [
    { kind: 'left' },
    { kind: 'kicked', reason: 2, extension: '' },
    { kind: 'kicked', reason: 3, extension: '' },
    { kind: 'closed' },
    { kind: 'blocked' },
    { kind: 'banned' },
    { kind: 'replaced' },
  ] as const;
  for (const cause of causes) expect(rows).toContain(exitCode(cause));
});
