import { useWorld, waitFor } from '../harness';

const world = useWorld();

test('broadcasts, notifications and messages of a server reach every client, also later, and once', async () => {
  const { emulator } = world;
  emulator.world.broadcast('{"title":"System","text":"before"}');
  const anna = await world.online('anna');
  const ben = await world.bare('ben');
  const { notices } = anna.account;
  await waitFor(() => notices.list.length === 1, { what: 'the broadcast of before' });
  emulator.world.broadcast('now');
  await ben.nim.V2NIMNotificationService.sendCustomNotification(
    'ben|1|anna',
    '{"title":"Order","text":"sent"}',
  );
  emulator.world.events.emit('proxyNotify', {
    accountId: 'anna',
    from: 'shop',
    body: '{"text":"paid"}',
  });
  await waitFor(() => notices.list.length === 4, { what: 'four notices' });
  expect(notices.list.map(({ kind, text }) => [kind, text]).sort()).toEqual([
    ['broadcast', 'before'],
    ['broadcast', 'now'],
    ['custom', 'sent'],
    ['proxy', 'paid'],
  ]);
  expect(notices.unread).toBe(4);

  emulator.faults.cut({ accountId: 'anna' });
  emulator.world.broadcast('while the link was lost');
  await waitFor(() => notices.list.length === 5, { what: 'the broadcast after the reconnect' });
  expect(new Set(notices.list.map(({ id }) => id)).size).toBe(5);
});

test('a notification for an account that is offline waits for its sign-in', async () => {
  const ben = await world.bare('ben');
  await ben.nim.V2NIMNotificationService.sendCustomNotification('ben|1|anna', '{"text":"later"}');
  const anna = await world.online('anna');
  await waitFor(() => anna.account.notices.list[0]?.text === 'later', { what: 'the notice' });
});
