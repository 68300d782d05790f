import { waitFor } from '../harness';
import { roomTexts } from '../harness/room-client';
import { ROOM, useRoomWorld } from '../harness/room-world';

const world = useRoomWorld();
const serverTexts = () =>
  world.emulator.rooms
    .messages(ROOM)
    .map(({ wire }) => wire[13])
    .filter(Boolean);

describe('four members who write', () => {
  test('see every message once, in the order of the server', async () => {
    const client = await world.visitor('ben');
    const others = await Promise.all(['anna', 'chen', 'dora'].map((name) => world.bare(name)));
    for (let round = 0; round < 5; round++) {
      client.room.sendText(`ben ${round}`);
      await Promise.all(others.map((other) => other.send(`${other.accountId} ${round}`)));
    }
    await waitFor(() => roomTexts(client.room).length === 20, { what: 'twenty texts' });
    await waitFor(() => client.room.feed.rows().every(({ status }) => status === 'sent'), {
      what: 'all texts to be sent',
    });
    expect(roomTexts(client.room)).toEqual(serverTexts());
    expect(client.room.feed.counters).toMatchObject({ skipped: 0, held: 0 });
    expect(client.room.onlineCount).toBe(4);
    others[0]?.exit();
    await waitFor(() => client.room.onlineCount === 3, { what: 'the count of three members' });
    expect(world.emulator.rooms.view(ROOM).onlineUserCount).toBe(3);
  });

  test('see names with messages, gifts as rows, and the count of likes', async () => {
    const client = await world.visitor('ben');
    const anna = await world.bare('anna');
    const { V2NIMChatroomMessageCreator: creator } = anna.client;
    await anna.send('hello @BEN');
    await anna.service.sendMessage(
      creator.createCustomMessage(
        JSON.stringify({ type: 'gift', giftId: 'rose', name: 'Rose', count: 3 }),
      ),
    );
    await anna.service.sendMessage(creator.createCustomMessage('{"type":"like","count":5}'));
    const { feed } = client.room;
    await waitFor(() => feed.likes === 5, { what: 'five likes' });
    const [hello, gift] = await waitFor(
      () => {
        const rows = feed.rows().filter(({ kind }) => kind !== 'notification');
        return rows.length === 2 && rows;
      },
      { what: 'two rows' },
    );
    expect(hello).toMatchObject({ senderNick: 'ANNA', mentionsMe: true, mine: false });
    expect(gift).toMatchObject({
      kind: 'custom',
      content: { type: 'gift', fields: { giftId: 'rose', count: 3 } },
    });
    client.room.sendGift({ giftId: 'star', name: 'Star', count: 1 });
    client.room.sendLike(2);
    await waitFor(() => anna.received.length === 2, { what: 'both messages at Anna' });
    expect(anna.received.map(({ attachment }) => attachment?.raw)).toEqual([
      '{"type":"gift","giftId":"star","name":"Star","count":1}',
      '{"type":"like","count":2}',
    ]);
  });

  test('see an image with upload progress, and a retry without a second upload', async () => {
    const client = await world.visitor('ben');
    const anna = await world.bare('anna');
    const { emulator } = world;
    const path = client.wx.files.add(Buffer.from(PIXEL, 'base64'), 'png');
    const fault = emulator.faults.add({ kind: 'command', command: '36_6', code: 416 });
    client.room.sendFile({ kind: 'image', file: path, width: 1, height: 1 });
    const row = client.room.feed.rows().find(({ kind }) => kind === 'image');
    expect(row).toMatchObject({ status: 'sending', content: { url: path } });
    await waitFor(() => row?.status === 'failed', { what: 'the refusal' });
    expect(row).toMatchObject({ errorCode: 416, progress: 100 });
    fault.remove();
    if (row) client.room.resend(row);
    await waitFor(() => row?.status === 'sent', { what: 'the image to be sent' });
    const [image] = await waitFor(() => anna.received.length > 0 && anna.received, {
      what: 'the image at Anna',
    });
    expect(row?.content).toMatchObject({ url: (image?.attachment as { url?: string }).url });
    expect(emulator.log.requestsOf('6_2')).toBe(1);
  });

  test('find the pictures before a message, also those that no page has loaded', async () => {
    const { rooms } = world.emulator;
    const picture = (n: number) => ({
      messageType: 1,
      attachment: JSON.stringify({ url: `https://f.example/${n}.png`, w: 4, h: 2 }),
    });
    for (let n = 0; n < 3; n++) {
      rooms.sendAs(ROOM, 'anna', picture(n) as never);
      for (let text = 0; text < 40; text++) rooms.sendAs(ROOM, 'anna', `t${n}-${text}`);
    }
    const client = await world.visitor('ben');
    await waitFor(() => client.room.feed.ready, { what: 'the history' });
    const [oldest] = client.room.feed.rows();
    if (!oldest) throw new Error('no row');
    const page = await client.room.mediaPage('older', oldest.message);
    const urls = page.map(({ attachment }) => (attachment as { url?: string }).url);
    expect(urls.length).toBeGreaterThanOrEqual(2);
    expect(urls).toContain('https://f.example/0.png');
    expect(page.every(({ messageType }) => Number(messageType) === 1)).toBe(true);
  });

  test('see all other messages beside a message without a sender or with a text that is not a string', async () => {
    const client = await world.visitor('ben');
    const { rooms } = world.emulator;
    rooms.sendAs(ROOM, undefined as never, 'from nobody');
    rooms.sendAs(ROOM, 'anna', { text: 5 as never });
    rooms.sendAs(ROOM, 'anna', 'after it');
    await waitFor(() => roomTexts(client.room).slice(-1)[0] === 'after it', { what: 'the last' });
    const [nobody] = client.room.feed.rows().filter(({ kind }) => kind === 'text');
    expect(nobody).toMatchObject({
      text: 'from nobody',
      senderId: '',
      senderNick: '',
      mine: false,
    });
    await client.chatroom.leave();
    await client.chatroom.enter(ROOM, {
      signIn: { way: 'static', accountId: 'ben', token: 'token-ben' },
    });
    await waitFor(() => client.room.feed.ready, { what: 'the history' });
    expect(roomTexts(client.room)[0]).toBe('from nobody');
  });

  test('see a notice in place of a recalled message', async () => {
    const client = await world.visitor('ben');
    const anna = await world.bare('anna');
    const { messageClientId } = await anna.send('oops');
    const row = await waitFor(
      () => client.room.feed.rows().find((one) => one.messageClientId === messageClientId),
      { what: 'the message' },
    );
    world.emulator.rooms.recall(ROOM, messageClientId);
    await waitFor(() => row.recalled, { what: 'the recall' });
    expect(row.text).toBe('');
  });
});

describe('history', () => {
  test('pages up past any number of notifications that have no row', async () => {
    const { rooms } = world.emulator;
    const texts = Array.from({ length: 150 }, (_, i) => `old ${i}`);
    for (const text of texts) rooms.sendAs(ROOM, 'anna', text);
    // A recall leaves a notification without a row in the history; there are more than a page holds.
    const recalled = rooms.messages(ROOM).filter((_, i) => i >= 30);
    for (const { messageClientId } of recalled) rooms.recall(ROOM, messageClientId);
    const client = await world.visitor('ben');
    const { feed } = client.room;
    await waitFor(() => feed.ready, { what: 'the first page' });
    for (let pages = 0; feed.hasOlder && pages < 10; pages++) await feed.loadOlder();
    expect(roomTexts(client.room)).toEqual(texts.slice(0, 30));
    expect(feed.hasOlder).toBe(false);
  });

  test('pages up to the first message', async () => {
    for (let i = 0; i < 120; i++) world.emulator.rooms.sendAs(ROOM, 'anna', `old ${i}`);
    const client = await world.visitor('ben');
    const { feed } = client.room;
    await waitFor(() => feed.ready, { what: 'the first page' });
    while (feed.hasOlder) await feed.loadOlder();
    const all = Array.from({ length: 120 }, (_, i) => `old ${i}`);
    expect(roomTexts(client.room)).toEqual(all);
  });
});

describe('the permission to write', () => {
  test('shows at once a mute, a temporary mute with the seconds left, and a mute of the room', async () => {
    const client = await world.visitor('ben');
    const { rooms } = world.emulator;
    const { room } = client;
    expect(room.composer).toEqual({ kind: 'open' });
    rooms.ban(ROOM, 'ben');
    await waitFor(() => room.composer.kind === 'muted', { what: 'being muted' });
    rooms.unban(ROOM, 'ben');
    await waitFor(() => room.composer.kind === 'open', { what: 'the end of the mute' });
    rooms.tempBan(ROOM, 'ben', 30);
    await waitFor(() => room.composer.kind === 'tempMuted', { what: 'the temporary mute' });
    expect(room.composer).toEqual({ kind: 'tempMuted', secondsLeft: 30 });
    rooms.tempBan(ROOM, 'ben', 0);
    await waitFor(() => room.composer.kind === 'open', { what: 'its end' });
    rooms.setChatBanned(ROOM, true);
    await waitFor(() => room.composer.kind === 'roomMuted', { what: 'the room to be muted' });
    rooms.setRole(ROOM, 'ben', 'manager');
    await waitFor(() => room.composer.kind === 'open', { what: 'the permission of a manager' });
  });

  test('is corrected by a refusal when the client has the wrong permission', async () => {
    const client = await world.visitor('ben');
    const record = world.emulator.rooms.room(ROOM);
    const { room } = client;
    const member = record.members['ben'];
    if (member) member.chatBanned = true;
    room.sendText('hello?');
    await waitFor(() => room.feed.rows().some(({ errorCode }) => errorCode === 114421), {
      what: 'the refusal',
    });
    await waitFor(() => room.composer.kind === 'muted', { what: 'the closed composer' });
  });
});

/** A picture of a single white pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
