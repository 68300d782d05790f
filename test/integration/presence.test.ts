import { useWorld, waitFor } from '../harness';

const world = useWorld();

test('a shown person is online, gone, and back, also for a client that lost its link', async () => {
  const anna = await world.online('anna');
  const { presence } = anna.account;
  const seen: (boolean | null)[] = [];
  anna.module.autorun(() => seen.push(presence.isOnline('ben')));
  presence.watch('ben');
  await waitFor(() => world.emulator.world.subscriptions.of('anna').has('ben'), {
    what: 'the subscription',
  });
  const ben = await world.bare('ben');
  await waitFor(() => seen.at(-1) === true, { what: 'ben online' });
  await ben.dispose();
  await waitFor(() => seen.at(-1) === false, { what: 'ben gone' });
  expect(seen).toEqual([null, true, false]);

  world.emulator.faults.cut({ accountId: 'anna' });
  await waitFor(() => world.emulator.log.requestsOf('19_3') === 2, { what: 'the renewal' });
  await world.online('ben');
  await waitFor(() => seen.at(-1) === true, { what: 'ben online after the reconnect' });
});

test('who is online before is shown when the page opens, and the dot goes when all clients have gone', async () => {
  const first = await world.bare('ben');
  const second = world.emulator.clients.addPhantom('ben');
  const anna = await world.online('anna');
  const { presence } = anna.account;
  presence.watch('ben');
  presence.watch('chen');
  await waitFor(() => presence.isOnline('ben') === true, { what: 'ben online' });
  await first.dispose();
  second.remove();
  await waitFor(() => presence.isOnline('ben') === false, { what: 'ben gone' });
  expect(presence.isOnline('chen')).toBeNull();
});

test('an app without the service shows nobody as online, and the sign-in is not disturbed', async () => {
  world.emulator.world.subscriptions.isEnabled = false;
  await world.bare('ben');
  const anna = await world.online('anna');
  const { presence } = anna.account;
  presence.watch('ben');
  await waitFor(() => world.emulator.log.requestsOf('19_3') === 1, { what: 'the refusal' });
  expect(presence.isOnline('ben')).toBeNull();
  const chat = await anna.chatWith('ben');
  chat.sendText('still here');
  await waitFor(() => chat.live.at(-1)?.status === 'sent', { what: 'the message' });
});
