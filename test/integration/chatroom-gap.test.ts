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

/** Breaks the link and keeps the link down until the returned function is called. */
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

/** Returns every text in memory, oldest first. Reads a counter because MobX does not track the memory. */
const textsKept = ({ room: { feed } }: RoomClient) =>
  (feed.counters.received > 0 ? feed.messages() : [])
    .filter(({ messageType }) => (messageType as number) === 0)
    .map(({ text }) => text);

/** Time that the link is down while 500 messages pass; zero outside CI, to keep the run short. */
const DOWN_MS = process.env.CI ? 20_000 : 0;
const BURSTS = 20;

describe('a lost link', () => {
  test('of 500 messages: all of them arrive once and in order', async () => {
    const client = await world.visitor('ben');
    for (let i = 0; i < 5; i++) say(`before ${i}`);
    await waitFor(() => roomTexts(client.room).length === 5, { what: 'the texts before the cut' });
    const repair = await breakLink(client);
    for (let burst = 0; burst < BURSTS; burst++) {
      for (let i = 0; i < 500 / BURSTS; i++) say(`missed ${(burst * 500) / BURSTS + i}`);
      await new Promise((resolve) => setTimeout(resolve, DOWN_MS / BURSTS));
    }
    expect(client.room.state.name).toBe('reconnecting');
    repair();
    // Messages continue while the client enters again and fetches the missed messages.
    let after = 0;
    const talking = setInterval(() => say(`after ${after++}`), 10);
    await inside(client);
    await waitFor(() => textsKept(client).length > 510, { what: 'the missed texts' });
    clearInterval(talking);
    await waitFor(() => textsKept(client).length === 505 + after, { what: 'the last text' });
    expect(textsKept(client)).toEqual(serverTexts());
    // The window has the newest messages, and older pages prepend the others.
    const { feed } = client.room;
    expect(feed.rows().length).toBeLessThanOrEqual(300);
    expect(roomTexts(client.room).slice(-1)).toEqual(serverTexts().slice(-1));
    const shown = roomTexts(client.room).length;
    await feed.loadOlder();
    expect(roomTexts(client.room)).toEqual(serverTexts().slice(-roomTexts(client.room).length));
    expect(roomTexts(client.room).length).toBeGreaterThan(shown);
  });

  test('and a history request that is refused three times: all texts are in the order of the server', async () => {
    const client = await world.visitor('ben');
    say('before');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'the texts before the cut' });
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

  test('during which a message was recalled: the text of the message is removed', async () => {
    const client = await world.visitor('ben');
    say('something rude');
    say('polite');
    await waitFor(() => roomTexts(client.room).length === 2, { what: 'the texts before the cut' });
    const [rude] = client.room.feed.rows().filter(({ kind }) => kind === 'text');
    const repair = await breakLink(client);
    world.emulator.rooms.recall(ROOM, rude?.messageClientId ?? '');
    repair();
    await waitFor(() => rude?.recalled, { what: 'the recall' });
    expect(roomTexts(client.room)).toEqual(['', 'polite']);
  });

  test('twice in a row: the second gap contains the first gap', async () => {
    const client = await world.visitor('ben');
    say('before');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'the texts before the cut' });
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

  test('of more messages than the client fetches: the newest page is shown, as after entering', async () => {
    const client = await world.visitor('ben');
    say('before');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'the texts before the cut' });
    const repair = await breakLink(client);
    for (let i = 0; i < 1300; i++) say(`missed ${i}`);
    repair();
    await inside(client);
    await waitFor(() => roomTexts(client.room).slice(-1)[0] === 'missed 1299', {
      what: 'the newest page',
    });
    expect(roomTexts(client.room)).toEqual(serverTexts().slice(-roomTexts(client.room).length));
    await client.room.feed.loadOlder();
    const texts = roomTexts(client.room);
    expect(texts.length).toBeGreaterThan(25);
    expect(texts).toEqual(serverTexts().slice(-texts.length));
  });

  test('during which the user wrote: the texts are sent once and in order after the reconnect', async () => {
    const client = await world.visitor('ben');
    const anna = await world.bare('anna');
    const repair = await breakLink(client);
    for (let i = 0; i < 3; i++) client.room.sendText(`mine ${i}`);
    expect(client.room.feed.rows().filter(({ status }) => status === 'sending')).toHaveLength(3);
    repair();
    await waitFor(() => anna.received.length === 3, { what: 'all texts at Anna' });
    expect(anna.received.map(({ text }) => text)).toEqual(['mine 0', 'mine 1', 'mine 2']);
    await waitFor(() => client.room.feed.rows().every(({ status }) => status === 'sent'), {
      what: 'all texts to be sent',
    });
    expect(roomTexts(client.room)).toEqual(serverTexts());
  });

  test('and a lost acknowledgement: the message is not sent twice', async () => {
    const client = await world.visitor('ben');
    world.emulator.faults.add({ kind: 'command', command: '36_6', drop: 'reply', times: 1 });
    client.room.sendText('once');
    await waitFor(() => serverTexts().length === 1, { what: 'the text on the server' });
    const repair = await breakLink(client);
    repair();
    await waitFor(() => client.room.feed.rows().every(({ status }) => status === 'sent'), {
      what: 'the text to be marked as sent',
    });
    expect(world.emulator.log.requestsOf('36_6')).toBe(1);
    expect(serverTexts()).toEqual(['once']);
    expect(roomTexts(client.room)).toEqual(['once']);
  });
});

describe('a link that may be dead', () => {
  test('is replaced after a request without an answer, and the text goes out once', async () => {
    const client = await world.visitor('ben');
    world.emulator.faults.halfOpen();
    client.room.sendText('over a dead link');
    await waitFor(() => client.room.state.name === 'reconnecting', {
      what: 'the link to be replaced',
      timeoutMs: 15_000,
    });
    world.emulator.faults.restore();
    await waitFor(() => client.room.feed.rows().find(({ mine }) => mine)?.status === 'sent', {
      what: 'the text to be sent',
    });
    expect(serverTexts()).toEqual(['over a dead link']);
    expect(roomTexts(client.room)).toEqual(['over a dead link']);
  });

  test('is kept when the probe is answered, also with a refusal', async () => {
    const client = await world.visitor('ben');
    Object.assign(client.core.platform.clock, { now: () => Date.now() });
    client.wx.app.hide();
    Object.assign(client.core.platform.clock, { now: () => Date.now() + 60_000 });
    world.emulator.faults.add({ kind: 'command', command: '36_16', code: 416 });
    client.wx.app.show();
    await waitFor(() => world.emulator.log.requestsOf('36_16') === 1, { what: 'the probe' });
    say('after the probe');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'the next text' });
    expect(world.emulator.log.enters).toHaveLength(1);
  });

  test('is probed after some time in the background, and replaced when the probe is not answered', async () => {
    const client = await world.visitor('ben');
    Object.assign(client.core.platform.clock, { now: () => Date.now() + 60_000 });
    client.wx.app.hide();
    Object.assign(client.core.platform.clock, { now: () => Date.now() + 660_000 });
    world.emulator.faults.halfOpen();
    client.wx.app.show();
    await waitFor(() => client.room.state.name === 'reconnecting', {
      what: 'the link to be replaced',
    });
    world.emulator.faults.restore();
    await inside(client);
    say('after the reconnect');
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'the first text' });
  });

  test('is closed when the device loses the network, and reopened at once when the network is back', async () => {
    const client = await world.visitor('ben');
    client.wx.network.set(false);
    await waitFor(() => client.room.state.name === 'reconnecting', {
      what: 'the link to be replaced',
    });
    expect(client.room.state).toMatchObject({ reason: 600103 });
    say('meanwhile');
    client.wx.network.set(true);
    await inside(client);
    await waitFor(() => roomTexts(client.room).length === 1, { what: 'the missed text' });
  });
});
