import { waitFor } from '../harness';
import { roomTexts } from '../harness/room-client';
import { ROOM, useRoomWorld } from '../harness/room-world';

const world = useRoomWorld();
const serverTexts = () =>
  world.emulator.rooms
    .messages(ROOM)
    .map(({ wire }) => wire[13])
    .filter(Boolean);

describe('talking with three others', () => {
  test('everybody sees everything once, in the order of the server', async () => {
    const client = await world.visitor('ben');
    const others = await Promise.all(['anna', 'chen', 'dora'].map((name) => world.bare(name)));
    for (let round = 0; round < 5; round++) {
      client.room.sendText(`ben ${round}`);
      await Promise.all(others.map((other) => other.send(`${other.accountId} ${round}`)));
    }
    await waitFor(() => roomTexts(client.room).length === 20, { what: 'twenty texts' });
    await waitFor(() => client.room.talk.rows().every(({ status }) => status === 'sent'), {
      what: 'all to be sent',
    });
    expect(roomTexts(client.room)).toEqual(serverTexts());
    expect(client.room.talk.counters).toMatchObject({ skipped: 0, held: 0 });
    expect(client.room.onlineCount).toBe(4);
    others[0]?.exit();
    await waitFor(() => client.room.onlineCount === 3, { what: 'the count to fall' });
    expect(world.emulator.rooms.view(ROOM).onlineUserCount).toBe(3);
  });

  test('names come with the message, gifts have rows, likes are counted', async () => {
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
    const { talk } = client.room;
    await waitFor(() => talk.likes === 5, { what: 'five likes' });
    const [hello, gift] = await waitFor(
      () => {
        const rows = talk.rows().filter(({ kind }) => kind !== 'notice');
        return rows.length === 2 && rows;
      },
      { what: 'two rows' },
    );
    expect(hello).toMatchObject({ senderNick: 'ANNA', mentionsMe: true, mine: false });
    expect(gift).toMatchObject({ kind: 'gift', custom: { giftId: 'rose', count: 3 } });
    client.room.sendGift({ giftId: 'star', name: 'Star', count: 1 });
    client.room.sendLike(2);
    await waitFor(() => anna.received.length === 2, { what: 'Anna to have both' });
    expect(anna.received.map(({ attachment }) => attachment?.raw)).toEqual([
      '{"type":"gift","giftId":"star","name":"Star","count":1}',
      '{"type":"like","count":2}',
    ]);
  });

  test('an image goes up with progress, and again without a second upload after a failure', async () => {
    const client = await world.visitor('ben');
    const anna = await world.bare('anna');
    const { emulator } = world;
    const path = client.wx.files.add(Buffer.from(PIXEL, 'base64'), 'png');
    const fault = emulator.faults.add({ kind: 'command', command: '36_6', code: 416 });
    client.room.sendImage({ file: path, width: 1, height: 1 });
    const row = client.room.talk.rows().find(({ kind }) => kind === 'image');
    expect(row).toMatchObject({ status: 'sending', image: { url: path } });
    await waitFor(() => row?.status === 'failed', { what: 'the refusal' });
    expect(row).toMatchObject({ errorCode: 416, progress: 100 });
    fault.remove();
    if (row) client.room.resend(row);
    await waitFor(() => row?.status === 'sent', { what: 'the image to be sent' });
    const [image] = await waitFor(() => anna.received.length > 0 && anna.received, {
      what: 'the image at Anna’s',
    });
    expect(image?.attachment).toMatchObject({ url: row?.image?.url });
    expect(emulator.log.requestsOf('6_2')).toBe(1);
  });

  test('a message without a sender or with a text that is none does not disturb the others', async () => {
    const client = await world.visitor('ben');
    const { rooms } = world.emulator;
    rooms.sendAs(ROOM, undefined as never, 'from nobody');
    rooms.sendAs(ROOM, 'anna', { text: 5 as never });
    rooms.sendAs(ROOM, 'anna', 'after it');
    await waitFor(() => roomTexts(client.room).slice(-1)[0] === 'after it', { what: 'the last' });
    const [nobody] = client.room.talk.rows().filter(({ kind }) => kind === 'text');
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
    await waitFor(() => client.room.talk.ready, { what: 'the history' });
    expect(roomTexts(client.room)[0]).toBe('from nobody');
  });

  test('a message taken back leaves a notice in its place', async () => {
    const client = await world.visitor('ben');
    const anna = await world.bare('anna');
    const { messageClientId } = await anna.send('oops');
    const row = await waitFor(
      () => client.room.talk.rows().find((one) => one.messageClientId === messageClientId),
      { what: 'the message' },
    );
    world.emulator.rooms.recall(ROOM, messageClientId);
    await waitFor(() => row.recalled, { what: 'it to be taken back' });
    expect(row.text).toBe('');
  });
});

describe('history', () => {
  test('goes up past any number of notifications that have no line', async () => {
    const { rooms } = world.emulator;
    const texts = Array.from({ length: 150 }, (_, i) => `old ${i}`);
    for (const text of texts) rooms.sendAs(ROOM, 'anna', text);
    // A recall leaves a notification without a line in the history: more of them than one page holds.
    const recalled = rooms.messages(ROOM).filter((_, i) => i >= 30);
    for (const { messageClientId } of recalled) rooms.recall(ROOM, messageClientId);
    const client = await world.visitor('ben');
    const { talk } = client.room;
    await waitFor(() => talk.ready, { what: 'the first page' });
    for (let pages = 0; talk.hasOlder && pages < 10; pages++) await talk.loadOlder();
    expect(roomTexts(client.room)).toEqual(texts.slice(0, 30));
    expect(talk.hasOlder).toBe(false);
  });

  test('goes up page by page to the first message, and down again after a jump', async () => {
    for (let i = 0; i < 120; i++) world.emulator.rooms.sendAs(ROOM, 'anna', `old ${i}`);
    const client = await world.visitor('ben');
    const { talk } = client.room;
    await waitFor(() => talk.ready, { what: 'the first page' });
    while (talk.hasOlder) await talk.loadOlder();
    const all = Array.from({ length: 120 }, (_, i) => `old ${i}`);
    expect(roomTexts(client.room)).toEqual(all);
    const tenth = talk.messages().find(({ text }) => text === 'old 10');
    await talk.jumpTo(tenth?.createTime ?? 0);
    expect(roomTexts(client.room)[0]).toBe('old 10');
    expect(talk.hasNewer).toBe(true);
    while (talk.hasNewer) await talk.loadNewer();
    expect(roomTexts(client.room)).toEqual(all.slice(10));
    while (talk.hasOlder) await talk.loadOlder();
    expect(roomTexts(client.room)).toEqual(all);
  });
});

describe('who may talk', () => {
  test('is told at once: muted, muted for a time with the seconds left, the whole room', async () => {
    const client = await world.visitor('ben');
    const { rooms } = world.emulator;
    const { room } = client;
    expect(room.composer).toEqual({ kind: 'open' });
    rooms.ban(ROOM, 'ben');
    await waitFor(() => room.composer.kind === 'muted', { what: 'being muted' });
    rooms.unban(ROOM, 'ben');
    await waitFor(() => room.composer.kind === 'open', { what: 'being heard again' });
    rooms.tempBan(ROOM, 'ben', 30);
    await waitFor(() => room.composer.kind === 'tempMuted', { what: 'being muted for a time' });
    expect(room.composer).toEqual({ kind: 'tempMuted', secondsLeft: 30 });
    rooms.tempBan(ROOM, 'ben', 0);
    await waitFor(() => room.composer.kind === 'open', { what: 'its end' });
    rooms.setChatBanned(ROOM, true);
    await waitFor(() => room.composer.kind === 'roomMuted', { what: 'the room to be muted' });
    rooms.setRole(ROOM, 'ben', 'manager');
    await waitFor(() => room.composer.kind === 'open', { what: 'a manager to be heard' });
  });

  test('is put right by a refusal when it was believed otherwise', async () => {
    const client = await world.visitor('ben');
    const record = world.emulator.rooms.room(ROOM);
    const { room } = client;
    const member = record.members['ben'];
    if (member) member.chatBanned = true;
    room.sendText('hello?');
    await waitFor(() => room.talk.rows().some(({ errorCode }) => errorCode === 114421), {
      what: 'the refusal',
    });
    await waitFor(() => room.composer.kind === 'muted', { what: 'the composer to know' });
  });
});

/** One white pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
