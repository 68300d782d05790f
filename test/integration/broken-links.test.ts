import { type Client, rowsOf, textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();

/** Creates a seeded random generator, so that a failed story can be replayed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const serverTexts = () =>
  world.emulator.world.serverLog('p2p', 'anna', 'ben').map(({ text }) => text);

async function chats(): Promise<{ people: Client[]; annas: Chat; bens: Chat }> {
  const anna = await world.online('anna');
  const ben = await world.online('ben');
  return {
    people: [anna, ben],
    annas: await anna.chatWith('ben'),
    bens: await ben.chatWith('anna'),
  };
}
type Chat = Awaited<ReturnType<Client['chatWith']>>;

const settled = (chat: Chat, count: number) => () =>
  rowsOf(chat).length === count && rowsOf(chat).every((row) => row.status === 'sent');

/** SEED=n replays a single story, SEEDS=n plays more stories. */
const seeds = process.env.SEED
  ? [Number(process.env.SEED)]
  : Array.from({ length: Number(process.env.SEEDS ?? 5) }, (_, i) => i + 1);

describe('a link that breaks', () => {
  test.each(seeds)(
    'shows each text once and in the order of the server on both sides while both write (SEED=%i)',
    async (seed) => {
      const { annas, bens } = await chats();
      const next = random(seed);
      const count = 40;
      const how = ['terminate', 'close', 'disconnect'] as const;
      for (let i = 0; i < count; i++) {
        annas.sendText(`a${i}`);
        bens.sendText(`b${i}`);
        if (next() < 0.12)
          world.emulator.faults.cut({
            accountId: next() < 0.5 ? 'anna' : 'ben',
            how: how[Math.floor(next() * how.length)],
          });
        // The pause is part of the story; the test does not wait for an event here.
        await pause(next() * 40);
      }
      for (const chat of [annas, bens])
        await waitFor(settled(chat, 2 * count), {
          what: `all ${2 * count} texts to be sent and shown (SEED=${seed})`,
          timeoutMs: 30_000,
        });
      expect(serverTexts()).toHaveLength(2 * count);
      expect(textsOf(annas)).toEqual(serverTexts());
      expect(textsOf(bens)).toEqual(serverTexts());
      const mine = (prefix: string) => serverTexts().filter((text) => text.startsWith(prefix));
      expect(mine('a')).toEqual(Array.from({ length: count }, (_, i) => `a${i}`));
      expect(mine('b')).toEqual(Array.from({ length: count }, (_, i) => `b${i}`));
    },
  );

  test('shows and counts repeated and reordered pushes once, in order', async () => {
    world.emulator.faults.add({ kind: 'push', duplicate: 0.5, reorderWindowMs: 60, seed: 7 });
    const anna = await world.online('anna');
    const ben = await world.online('ben');
    const chen = await world.online('chen');
    const bens = await ben.chatWith('anna');
    const annas = await anna.chatWith('ben');
    for (let i = 0; i < 30; i++) annas.sendText(`${i}`);
    const chens = await anna.chatWith('chen');
    for (let i = 0; i < 30; i++) chens.sendText(`${i}`);
    await waitFor(settled(bens, 30), { what: '30 texts' });
    expect(textsOf(bens)).toEqual(serverTexts());
    const row = () => chen.account.conversations.rows[0];
    await waitFor(() => row()?.preview.text === '29', { what: 'the last text in the list' });
    await waitFor(() => row()?.unread === 30, { what: '30 unread' });
  });

  test('shows the banner, and the reconnect fetches only new messages', async () => {
    const { people, annas, bens } = await chats();
    const [anna] = people as [Client];
    for (let i = 0; i < 5; i++) bens.sendText(`before ${i}`);
    await waitFor(settled(annas, 5), { what: 'five texts' });
    const gone = world.emulator.faults.add({
      kind: 'handshake',
      status: 503,
      accountId: undefined,
    });
    world.emulator.faults.cut({ accountId: 'anna' });
    await waitFor(() => anna.root.connection.banner, { what: 'a banner' });
    for (let i = 0; i < 5; i++) bens.sendText(`meanwhile ${i}`);
    await waitFor(settled(bens, 10), { what: 'Ben’s texts to be sent' });
    expect(textsOf(annas)).toHaveLength(5);
    gone.remove();
    anna.root.connection.retryNow();
    await waitFor(() => anna.root.connection.isOnline, { what: 'Anna to be online' });
    expect(anna.root.connection.banner).toBeNull();
    await waitFor(settled(annas, 10), { what: 'the texts that Anna missed' });
    expect(textsOf(annas)).toEqual(serverTexts());
  });

  test('shows a text written without a link as sending, and sends it when the link is back', async () => {
    const { people, annas, bens } = await chats();
    const [anna] = people as [Client];
    anna.wx.network.set(false);
    await waitFor(() => anna.root.connection.banner?.kind === 'offline', {
      what: 'the offline banner',
    });
    for (let i = 0; i < 3; i++) annas.sendText(`offline ${i}`);
    expect(rowsOf(annas).map((row) => row.status)).toEqual(['sending', 'sending', 'sending']);
    anna.wx.network.set(true);
    await waitFor(settled(bens, 3), { what: 'the texts on the other side' });
    await waitFor(settled(annas, 3), { what: 'the texts to be sent' });
    expect(textsOf(bens)).toEqual(['offline 0', 'offline 1', 'offline 2']);
  });

  test('keeps unsent texts when the app is closed, and sends them once at the next start', async () => {
    const storage = new Map<string, unknown>();
    const signIn = { way: 'static', accountId: 'anna', token: 'token-anna' } as const;
    const first = world.client('first run', { storage });
    await first.signIn(signIn, { remember: true });
    const chat = await first.chatWith('ben');
    world.emulator.faults.add({ kind: 'command', command: '30_1', drop: 'reply', times: 1 });
    chat.sendText('acknowledgement lost');
    await waitFor(() => serverTexts().length === 1, { what: 'the first text' });
    first.wx.network.set(false);
    await waitFor(() => !first.root.connection.isOnline, { what: 'no link' });
    for (const text of ['one', 'two']) chat.sendText(text);
    first.wx.app.hide();
    await first.dispose();

    const second = world.client('second run', { storage });
    await second.root.session.restore();
    const again = await second.chatWith('ben');
    await waitFor(settled(again, 3), { what: 'three sent texts' });
    expect(textsOf(again)).toEqual(['acknowledgement lost', 'one', 'two']);
    expect(serverTexts()).toEqual(['acknowledgement lost', 'one', 'two']);
    await second.root.session.signOut();
    expect(JSON.stringify([...storage])).not.toContain('unsent');
  });

  test('removes unsent texts from the device at sign-out', async () => {
    const storage = new Map<string, unknown>();
    const client = world.client('anna', { storage });
    const signIn = { way: 'static', accountId: 'anna', token: 'token-anna' } as const;
    await client.signIn(signIn, { remember: true });
    const chat = await client.chatWith('ben');
    client.wx.network.set(false);
    chat.sendText('secret');
    client.wx.app.hide();
    expect(JSON.stringify([...storage])).toContain('secret');
    await client.root.session.signOut();
    expect(JSON.stringify([...storage])).not.toContain('secret');
  });

  test('shows and counts at the next start the texts that came while the app was closed', async () => {
    const storage = new Map<string, unknown>();
    const first = world.client('first run', { storage });
    const signIn = { way: 'static', accountId: 'anna', token: 'token-anna' } as const;
    await first.signIn(signIn, { remember: true });
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'one' });
    await waitFor(() => first.account.conversations.totalUnread === 1, { what: 'one unread' });
    await first.dispose();
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'two' });
    const second = world.client('second run', { storage });
    const restored = second.root.session.restore();
    const { rows } = await waitFor(() => second.root.account?.conversations, {
      what: 'the account of the second run',
    });
    expect(rows.map((row) => row.preview.text)).toEqual(['one']);
    await restored;
    expect(second.root.session.status).toBe('signedIn');
    await waitFor(() => rows[0]?.preview.text === 'two', { what: 'the newer preview' });
    await waitFor(() => rows[0]?.unread === 2, { what: 'two unread' });
  });

  test('keeps read messages read at the next start', async () => {
    const first = await world.online('anna');
    for (const text of ['one', 'two'])
      world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text });
    await waitFor(() => first.account.conversations.totalUnread === 2, { what: 'two unread' });
    await first.chatWith('ben');
    await waitFor(() => world.emulator.log.requestsOf('7_16'), {
      what: 'the request with the read position',
    });
    await first.dispose();
    world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'three' });
    const second = await world.online('anna');
    const { conversations } = second.account;
    await waitFor(() => conversations.rows[0]?.preview.text === 'three', { what: 'the list' });
    expect(conversations.totalUnread).toBe(1);
  });
});
