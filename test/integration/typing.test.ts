import type { V2NIMCustomNotification } from '@/sdk/types';
import { systemClock } from '@/platform';
import { type Client, useWorld, waitFor } from '../harness';

const world = useWorld();

function typingOf(client: Client) {
  const received: V2NIMCustomNotification[] = [];
  const { connection } = client.account;
  connection.listen('notification', 'onReceiveCustomNotifications', (all) => {
    received.push(...all);
  });
  return { typing: new client.module.Typing(connection, systemClock, () => true), received };
}

test('a writer is shown to the other side until the end, and nothing is kept for later', async () => {
  const anna = await world.online('anna');
  const ben = await world.online('ben');
  const writer = typingOf(anna);
  const reader = typingOf(ben);
  const seen: boolean[] = [];
  ben.module.autorun(() => seen.push(reader.typing.isTyping('ben|1|anna')));
  reader.typing.watch('ben|1|anna');

  writer.typing.written('anna|1|ben');
  await waitFor(() => seen.at(-1) === true, { what: 'the writer in the title' });
  writer.typing.stopped('anna|1|ben');
  await waitFor(() => seen.at(-1) === false, { what: 'the end' });
  expect(seen).toEqual([false, true, false]);
  expect(reader.received.map(({ content }) => content)).toEqual(['{"typing":1}', '{"typing":0}']);

  await ben.dispose();
  writer.typing.written('anna|1|ben');
  const later = await world.online('ben');
  const { received } = typingOf(later);
  const chat = await later.chatWith('anna');
  chat.sendText('here');
  await waitFor(() => anna.account.conversations.get('anna|1|ben')?.preview.text === 'here', {
    what: 'a message after the sign-in',
  });
  expect(received).toEqual([]);
});

test('the notice of an app client, in its own format, is shown; it counts as no message', async () => {
  const anna = await world.online('anna');
  const ben = await world.bare('ben');
  const { typing } = typingOf(anna);
  typing.watch('anna|1|ben');
  await ben.nim.V2NIMNotificationService.sendCustomNotification('ben|1|anna', '{"typing":1}', {
    notificationConfig: { offlineEnabled: false, unreadEnabled: false },
  });
  await waitFor(() => typing.isTyping('anna|1|ben'), { what: 'the writer' });
  expect(anna.account.conversations.totalUnread).toBe(0);
});
