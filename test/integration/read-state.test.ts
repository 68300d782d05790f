import { BareSdk, type Client, rowsOf, skewedClock, textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const HOUR_MS = 3_600_000;
const MARK_READ = '7_16';

const toAnna = (...texts: string[]) => {
  for (const text of texts) world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text });
};
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `text ${i}`);
const told = () => world.emulator.log.requestsOf(MARK_READ);
const unread = (client: Client) => client.account.conversations.totalUnread;

async function network(client: Client, isConnected: boolean): Promise<void> {
  client.wx.network.set(isConnected);
  await waitFor(() => client.root.connection.isOnline === isConnected, { what: 'the link' });
}

/** Returns the server's count: unread messages at the next sign-in on a device without storage. */
async function unreadAtNextSignIn(client: Client): Promise<number> {
  await client.dispose();
  const next = await world.online('anna');
  return unread(next);
}

/** Resolves when every row of a chat is loaded and sent and no request is under way. */
const settled = (client: Client, count: number) => {
  const chat = client.account.messages.chat('anna|1|ben');
  return () =>
    chat && rowsOf(chat).length === count && rowsOf(chat).every(({ status }) => status === 'sent');
};

/** Returns the read position that the server has for Anna. */
const readUntil = () =>
  world.emulator.world.mailbox('anna').readPositions.find(({ targetId }) => targetId === 'ben')
    ?.time ?? 0;
const timeOf = (text: string) =>
  world.emulator.world.serverLog('p2p', 'anna', 'ben').find((message) => message.text === text)
    ?.createTime ?? 0;

describe('messages that were on the screen are read, and no others', () => {
  test('a chat opened without a link shows no messages, so its messages stay unread', async () => {
    const anna = await world.online('anna');
    toAnna('one');
    await waitFor(() => unread(anna) === 1, { what: 'one unread' });
    await network(anna, false);
    const chat = anna.account.messages.open('anna|1|ben');
    expect(chat.ready).toBe(false);
    chat.close();
    expect(unread(anna)).toBe(1);
    toAnna(...numbered(12));
    await network(anna, true);
    await waitFor(() => unread(anna) === 13, { what: 'thirteen unread' });
    expect(told()).toBe(0);
    expect(await unreadAtNextSignIn(anna)).toBe(13);
  });

  test('messages that came after the chat was closed stay unread, though the position was sent late', async () => {
    const anna = await world.online('anna');
    toAnna('seen');
    await waitFor(() => unread(anna) === 1, { what: 'one unread' });
    world.emulator.faults.add({ kind: 'command', command: MARK_READ, drop: 'request', times: 1 });
    const chat = await anna.chatWith('ben');
    await waitFor(told, { what: 'the first request' });
    await network(anna, false);
    chat.close();
    toAnna(...numbered(12));
    await network(anna, true);
    await waitFor(() => readUntil() === timeOf('seen'), { what: 'the position' });
    await waitFor(() => unread(anna) === 12, { what: 'twelve unread' });
    expect(await unreadAtNextSignIn(anna)).toBe(12);
  });

  test('a message below the reader is neither read nor receipted until the reader scrolls down', async () => {
    toAnna(...numbered(5));
    const anna = await world.online('anna');
    const bare = await world.bare('ben');
    const chat = await anna.chatWith('ben');
    await waitFor(() => bare.readUntil === timeOf('text 4'), { what: 'the receipt of the page' });
    chat.setAtBottom(false);
    toAnna('below');
    await waitFor(() => chat.unseen === 1, { what: 'a message below' });
    chat.jumpToLatest();
    await waitFor(() => bare.readUntil === timeOf('below'), {
      what: 'the receipt of the message below',
    });
    chat.setAtBottom(false);
    toAnna('below again');
    await waitFor(() => chat.unseen === 1, { what: 'another message below' });
    chat.close();
    await waitFor(() => unread(anna) === 1, { what: 'one unread' });
    expect(await unreadAtNextSignIn(anna)).toBe(1);
    expect(bare.readUntil).toBe(timeOf('below'));
  });

  test('messages on a hidden chat page are counted, and read when the page is shown again', async () => {
    const anna = await world.online('anna');
    const chat = await anna.chatWith('ben');
    chat.setVisible(false);
    toAnna('behind');
    await waitFor(() => unread(anna) === 1, { what: 'one unread' });
    expect(told()).toBe(0);
    chat.setVisible(true);
    expect(unread(anna)).toBe(0);
    await waitFor(() => readUntil() === timeOf('behind'), { what: 'the position' });
  });
});

describe('the read position on the server', () => {
  test.each([
    ['lost', { drop: 'request' } as const],
    ['refused', { code: 416 }],
  ])('a position that is %s is sent again without a reconnect', async (_, how) => {
    toAnna('one', 'two');
    const anna = await world.online('anna');
    world.emulator.faults.add({ kind: 'command', command: MARK_READ, times: 1, ...how });
    await anna.chatWith('ben');
    await waitFor(() => readUntil() === timeOf('two'), { what: 'the position', timeoutMs: 20_000 });
    expect(told()).toBe(2);
    expect(await unreadAtNextSignIn(anna)).toBe(0);
  });

  test('a position that is lost with the link is sent after the reconnect', async () => {
    toAnna('one', 'two');
    const anna = await world.online('anna');
    world.emulator.faults.add({ kind: 'command', command: MARK_READ, drop: 'request', times: 1 });
    await anna.chatWith('ben');
    await waitFor(told, { what: 'the first request' });
    world.emulator.faults.cut({ accountId: 'anna' });
    await waitFor(() => readUntil() === timeOf('two'), { what: 'the position' });
    expect(told()).toBe(2);
    expect(await unreadAtNextSignIn(anna)).toBe(0);
  });

  test('an own text without an acknowledgement does not move the read position', async () => {
    const anna = await world.online('anna');
    const chat = await anna.chatWith('ben');
    await network(anna, false);
    chat.sendText('mine');
    toAnna('one', 'two', 'three');
    world.emulator.faults.add({ kind: 'command', command: '30_1', delayMs: 200 });
    await network(anna, true);
    await waitFor(settled(anna, 4), { what: 'four rows' });
    await waitFor(() => readUntil() === timeOf('three'), { what: 'the position' });
    expect(await unreadAtNextSignIn(anna)).toBe(0);
  });

  test.each([
    ['three hours ahead', 3 * HOUR_MS],
    ['three hours behind', -3 * HOUR_MS],
  ])('the clock of a device that is %s does not move the position', async (_, skew) => {
    const anna = await world.online('anna', {}, skewedClock(skew));
    const chat = await anna.chatWith('ben');
    toAnna('before');
    await waitFor(() => textsOf(chat).length === 1, { what: 'the first text' });
    await network(anna, false);
    chat.sendText('mine');
    toAnna('meanwhile');
    await network(anna, true);
    await waitFor(settled(anna, 3), { what: 'three rows' });
    await waitFor(() => readUntil() === timeOf('meanwhile'), { what: 'the position' });
    chat.close();
    await anna.dispose();
    toAnna('one', 'two', 'three');
    expect(unread(await world.online('anna'))).toBe(3);
  });

  test('deleting a conversation whose last message is unsent does not move the position into the future', async () => {
    const anna = await world.online('anna', {}, skewedClock(3 * HOUR_MS));
    toAnna('one');
    await waitFor(() => unread(anna) === 1, { what: 'one unread' });
    const chat = await anna.chatWith('ben');
    world.emulator.faults.add({ kind: 'command', command: '30_1', drop: 'request' });
    chat.sendText('never acknowledged');
    await waitFor(() => anna.account.conversations.rows[0]?.preview.status === 'sending', {
      what: 'the unsent text in the list',
    });
    chat.close();
    await anna.account.conversations.remove('anna|1|ben');
    await waitFor(() => readUntil() > 0, { what: 'the position' });
    expect(readUntil()).toBe(timeOf('one'));
  });
});

test('the bare SDK: a refused clearUnreadCountByIds resolves, and is never sent again', async () => {
  toAnna('one');
  const bare = new BareSdk(world.emulator);
  await bare.login('anna', 'token-anna');
  await waitFor(() => bare.received.length === 1, { what: 'the text' });
  world.emulator.faults.add({ kind: 'command', command: '7_25', code: 416, times: 1 });
  const { V2NIMLocalConversationService: conversations } = bare.nim;
  await conversations.clearUnreadCountByIds(['anna|1|ben']);
  await conversations.clearUnreadCountByIds(['anna|1|ben']);
  expect(world.emulator.log.requestsOf('7_25')).toBe(1);
  expect(readUntil()).toBe(0);
  await bare.dispose();
});
