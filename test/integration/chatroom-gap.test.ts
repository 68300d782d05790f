import { waitFor } from '../harness';
import { type RoomClient, roomTexts } from '../harness/room-client';
import { ROOM, useRoomWorld } from '../harness/room-world';

const world = useRoomWorld();

const serverTexts = () =>
  world.emulator.rooms
    .messages(ROOM)
    .map(({ wire }) => wire[13])
    .filter(Boolean);
const say = (text: string) => void world.emulator.rooms.sendAs(ROOM, 'anna', text);

/** Breaks the link and keeps it down until the returned function is called. */
async function breakLink({ room }: RoomClient): Promise<() => void> {
  const down = world.emulator.faults.add({ kind: 'handshake', status: 503 });
  world.emulator.faults.cut({ accountId: 'ben' });
  await waitFor(() => room.state.name === 'reconnecting', { what: 'the link to be lost' });
  return () => {
    down.remove();
    room.retryNow();
  };
}

const inside = ({ room }: RoomClient) =>
  waitFor(() => room.state.name === 'inside', { what: 'being back inside' });

/** Every text in memory, oldest first. The counters are observable, the memory is not. */
const textsKept = ({ room: { talk } }: RoomClient) =>
  (talk.counters.received > 0 ? talk.messages() : [])
    .filter(({ messageType }) => (messageType as number) === 0)
    .map(({ text }) => text);

/** How long the link is gone while 500 messages pass: in real time where there is time for it. */
const GONE_MS = process.env.CI ? 20_000 : 0;
const TURNS = 20;

describe('a link that was gone', () => {
  test('while 500 messages passed: all of them are there, once and in order', async () => {
    const client = await world.visitor('ben');
    for (let i = 0; i < 5; i++) say(`before ${i}`);
    await waitFor(() => roomTexts(client.room).length === 5, { what: 'what was said before' });
    const repair = await breakLink(client);
    for (let turn = 0; turn < TURNS; turn++) {
      for (let i = 0; i < 500 / TURNS; i++) say(`missed ${(turn * 500) / TURNS + i}`);
      await new Promise((resolve) => setTimeout(resolve, GONE_MS / TURNS));
    }
    expect(client.room.state.name).toBe('reconnecting');
    repair();
    // Talk goes on while the room is entered again and what was missed is fetched.
    let after = 0;
    const talking = setInterval(() => say(`after ${after++}`), 10);
    await inside(client);
    await waitFor(() => textsKept(client).length > 510, { what: 'what was missed' });
    clearInterval(talking);
    await waitFor(() => textsKept(client).length === 505 + after, { what: 'the last of it' });
    expect(textsKept(client)).toEqual(serverTexts());
    // Of so many the newest are on the screen, and the others follow on the way up.
    const { talk } = client.room;
    expect(talk.rows().length).toBeLessThanOrEqual(300);
    expect(roomTexts(client.room).slice(-1)).toEqual(serverTexts().slice(-1));
    const shown = roomTexts(client.room).length;
    await talk.loadOlder();
    expect(roomTexts(client.room)).toEqual(serverTexts().slice(-roomTexts(client.room).length));
    expect(roomTexts(client.room).length).toBeGreaterThan(shown);
  });

  test('and whose history is refused three times: all five texts in the order of the server', async () => {
    const client = await world.visitor('ben');
    say('before');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'what was said before' });
    const repair = await breakLink(client);
    for (let i = 0; i < 3; i++) say(`missed ${i}`);
    world.emulator.faults.add({ kind: 'command', command: '36_9', code: 416, times: 3 });
    repair();
    await inside(client);
    say('after');
    await waitFor(() => roomTexts(client.room).length === 5, {
      what: 'all five',
      timeoutMs: 15_000,
    });
    expect(roomTexts(client.room)).toEqual(serverTexts());
  });

  test('and a message that was recalled meanwhile is not readable', async () => {
    const client = await world.visitor('ben');
    say('something rude');
    say('polite');
    await waitFor(() => roomTexts(client.room).length === 2, { what: 'what was said before' });
    const [rude] = client.room.talk.rows().filter(({ kind }) => kind === 'text');
    const repair = await breakLink(client);
    world.emulator.rooms.recall(ROOM, rude?.messageClientId ?? '');
    repair();
    await waitFor(() => rude?.recalled, { what: 'the recall to be known' });
    expect(roomTexts(client.room)).toEqual(['', 'polite']);
  });

  test('twice in a row: the second gap contains the first', async () => {
    const client = await world.visitor('ben');
    say('before');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'what was said before' });
    const { faults } = world.emulator;
    const silent = faults.add({ kind: 'command', command: '36_9', drop: 'request' });
    const repair = await breakLink(client);
    say('missed at first');
    repair();
    await inside(client);
    say('pushed before the link went again');
    const repairAgain = await breakLink(client);
    say('missed then');
    silent.remove();
    repairAgain();
    await inside(client);
    await waitFor(() => roomTexts(client.room).length === 4, { what: 'all four' });
    expect(roomTexts(client.room)).toEqual(serverTexts());
  });

  test('while more passed than is fetched: the newest page, as if one had just entered', async () => {
    const client = await world.visitor('ben');
    say('before');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'what was said before' });
    const repair = await breakLink(client);
    for (let i = 0; i < 1300; i++) say(`missed ${i}`);
    repair();
    await inside(client);
    await waitFor(() => roomTexts(client.room).slice(-1)[0] === 'missed 1299', {
      what: 'the newest page',
    });
    expect(roomTexts(client.room)).toEqual(serverTexts().slice(-roomTexts(client.room).length));
    await client.room.talk.loadOlder();
    const texts = roomTexts(client.room);
    expect(texts.length).toBeGreaterThan(25);
    expect(texts).toEqual(serverTexts().slice(-texts.length));
  });

  test('what I wrote meanwhile goes out once it is back, in its order, and once', async () => {
    const client = await world.visitor('ben');
    const anna = await world.bare('anna');
    const repair = await breakLink(client);
    for (let i = 0; i < 3; i++) client.room.sendText(`mine ${i}`);
    expect(client.room.talk.rows().filter(({ status }) => status === 'sending')).toHaveLength(3);
    repair();
    await waitFor(() => anna.received.length === 3, { what: 'Anna to read all three' });
    expect(anna.received.map(({ text }) => text)).toEqual(['mine 0', 'mine 1', 'mine 2']);
    await waitFor(() => client.room.talk.rows().every(({ status }) => status === 'sent'), {
      what: 'all to be sent',
    });
    expect(roomTexts(client.room)).toEqual(serverTexts());
  });

  test('a message whose acknowledgement was lost is not sent twice', async () => {
    const client = await world.visitor('ben');
    world.emulator.faults.add({ kind: 'command', command: '36_6', drop: 'reply', times: 1 });
    client.room.sendText('once');
    await waitFor(() => serverTexts().length === 1, { what: 'the server to have it' });
    const repair = await breakLink(client);
    repair();
    await waitFor(() => client.room.talk.rows().every(({ status }) => status === 'sent'), {
      what: 'it to be known as sent',
    });
    expect(world.emulator.log.requestsOf('36_6')).toBe(1);
    expect(serverTexts()).toEqual(['once']);
    expect(roomTexts(client.room)).toEqual(['once']);
  });
});

describe('the link is not trusted', () => {
  test('after a request without an answer: the text goes out once, over a new link', async () => {
    const client = await world.visitor('ben');
    world.emulator.faults.halfOpen();
    client.room.sendText('into the void');
    await waitFor(() => client.room.state.name === 'reconnecting', {
      what: 'the link to be given up',
      timeoutMs: 15_000,
    });
    world.emulator.faults.restore();
    await waitFor(() => client.room.talk.rows().find(({ mine }) => mine)?.status === 'sent', {
      what: 'the text to be sent',
    });
    expect(serverTexts()).toEqual(['into the void']);
    expect(roomTexts(client.room)).toEqual(['into the void']);
  });

  test('but kept when it answers, if only with a refusal', async () => {
    const client = await world.visitor('ben');
    Object.assign(client.core.platform.clock, { now: () => Date.now() });
    client.wx.app.hide();
    Object.assign(client.core.platform.clock, { now: () => Date.now() + 60_000 });
    world.emulator.faults.add({ kind: 'command', command: '36_16', code: 416 });
    client.wx.app.show();
    await waitFor(() => world.emulator.log.requestsOf('36_16') === 1, { what: 'the probe' });
    say('after the probe');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'the next word' });
    expect(world.emulator.log.enters).toHaveLength(1);
  });

  test('after some time in the background, and is rebuilt when it does not answer', async () => {
    const client = await world.visitor('ben');
    Object.assign(client.core.platform.clock, { now: () => Date.now() + 60_000 });
    client.wx.app.hide();
    Object.assign(client.core.platform.clock, { now: () => Date.now() + 660_000 });
    world.emulator.faults.halfOpen();
    client.wx.app.show();
    await waitFor(() => client.room.state.name === 'reconnecting', { what: 'it to be given up' });
    world.emulator.faults.restore();
    await inside(client);
    say('heard again');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'the first word' });
  });

  test('when the device has no network; back with it, at once', async () => {
    const client = await world.visitor('ben');
    client.wx.network.set(false);
    await waitFor(() => client.room.state.name === 'reconnecting', { what: 'it to be given up' });
    expect(client.room.state).toMatchObject({ reason: 600103 });
    say('meanwhile');
    client.wx.network.set(true);
    await inside(client);
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'what was said meanwhile' });
  });
});
