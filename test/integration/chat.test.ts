import { rowsOf, textsOf, useWorld, waitFor } from '../harness';

const world = useWorld();

const serverTexts = (a: string, b: string) =>
  world.emulator.world.serverLog('p2p', a, b).map(({ text }) => text);

describe('two people chat', () => {
  test('a text appears on the other side, is unread until its chat is opened, and is then marked as read', async () => {
    const anna = await world.online('anna');
    const ben = await world.online('ben');
    const annas = await anna.chatWith('ben');
    annas.sendText('hello Ben');
    const row = await waitFor(() => ben.account.conversations.rows[0], {
      what: "the conversation in Ben's list",
    });
    expect(row).toMatchObject({ targetId: 'anna', unread: 1, preview: { text: 'hello Ben' } });
    await waitFor(() => row.name === 'Name of anna', { what: "Anna's name" });
    expect(ben.account.conversations.totalUnread).toBe(1);
    expect(annas.live[0]?.read).toBe(false);

    const bens = await ben.chatWith('anna');
    expect(textsOf(bens)).toEqual(['hello Ben']);
    expect(ben.account.conversations.totalUnread).toBe(0);
    await waitFor(() => annas.live[0]?.read, { what: "the read mark on Anna's side" });

    bens.sendText('hello Anna');
    await waitFor(() => textsOf(annas).length === 2, { what: 'the answer' });
    expect(textsOf(annas)).toEqual(['hello Ben', 'hello Anna']);
    await waitFor(() => rowsOf(bens).at(-1)?.read, { what: "the read mark on Ben's side" });
    expect(anna.account.conversations.totalUnread).toBe(0);
  });

  test('a hundred texts from both sides at once are in the order of the server on both sides', async () => {
    const anna = await world.online('anna');
    const ben = await world.online('ben');
    const annas = await anna.chatWith('ben');
    const bens = await ben.chatWith('anna');
    for (let i = 0; i < 50; i++) {
      annas.sendText(`a${i}`);
      bens.sendText(`b${i}`);
    }
    for (const chat of [annas, bens])
      await waitFor(
        () => rowsOf(chat).length === 100 && rowsOf(chat).every((row) => row.status === 'sent'),
        { what: 'a hundred sent rows' },
      );
    expect(textsOf(annas)).toEqual(serverTexts('anna', 'ben'));
    expect(textsOf(bens)).toEqual(serverTexts('anna', 'ben'));
  });

  test('the bare SDK reads our messages, and we read messages of the bare SDK', async () => {
    const anna = await world.online('anna');
    const bare = await world.bare('ben');
    const chat = await anna.chatWith('ben');
    const sent = await bare.send('anna', 'from the bare SDK');
    await waitFor(() => textsOf(chat).length, { what: 'its text' });
    await waitFor(() => bare.readUntil >= sent.createTime, { what: 'our receipt' });
    chat.sendText('from us');
    await waitFor(() => bare.received.length, { what: 'our text' });
    expect(bare.received.map((one) => one.text)).toEqual(['from us']);
  });

  test('a recalled text leaves a notice on both sides, and in the list', async () => {
    const anna = await world.online('anna');
    const ben = await world.online('ben');
    const annas = await anna.chatWith('ben');
    const bens = await ben.chatWith('anna');
    const row = annas.sendText('oops');
    await waitFor(() => bens.live.length && row?.status === 'sent', { what: 'the text' });
    if (row) await annas.recall(row);
    await waitFor(() => bens.live[0]?.recalled, { what: "the notice on Ben's side" });
    await waitFor(() => row?.recalled, { what: "the notice on Anna's side" });
    expect(row).toMatchObject({ recalledBy: 'anna', reEditText: 'oops', text: '' });
    expect(bens.live[0]).toMatchObject({ recalledBy: 'anna', reEditText: null, text: '' });
    expect(serverTexts('anna', 'ben')).toEqual([]);
    for (const { account } of [anna, ben])
      expect(account.conversations.rows[0]?.preview).toMatchObject({
        recalledBy: 'anna',
        text: '',
      });
  });

  test('a recall that comes too late is refused with 107314 and changes nothing', async () => {
    const anna = await world.online('anna');
    const annas = await anna.chatWith('ben');
    const row = annas.sendText('too late');
    await waitFor(() => row?.status === 'sent', { what: 'the text' });
    world.emulator.faults.add({ kind: 'command', command: '30_13', code: 107314, times: 1 });
    await expect(row && annas.recall(row)).rejects.toMatchObject({ code: 107314 });
    expect(row?.recalled).toBe(false);
  });

  test('a recall whose answer is lost is requested again, and leaves a notice in the chat and in the list', async () => {
    const anna = await world.online('anna');
    const annas = await anna.chatWith('ben');
    const row = annas.sendText('oops');
    await waitFor(() => row?.status === 'sent', { what: 'the text' });
    const { faults, log } = world.emulator;
    faults.add({ kind: 'command', command: '30_13', drop: 'reply', times: 1 });
    if (row) await annas.recall(row);
    await waitFor(() => log.requestsOf('30_13') === 2, { what: 'the second request' });
    await waitFor(() => row?.recalled, { what: 'the notice' });
    expect(row).toMatchObject({ recalledBy: 'anna', text: '' });
    expect(anna.account.conversations.rows[0]?.preview).toMatchObject({
      recalledBy: 'anna',
      text: '',
    });
  });

  test('a text deleted for the own account disappears here and stays on the other side', async () => {
    const anna = await world.online('anna');
    const ben = await world.online('ben');
    const annas = await anna.chatWith('ben');
    const bens = await ben.chatWith('anna');
    const row = annas.sendText('only mine');
    await waitFor(() => bens.live.length && row?.status === 'sent', { what: 'the text' });
    if (row) await annas.remove(row);
    expect(textsOf(annas)).toEqual([]);
    expect(textsOf(bens)).toEqual(['only mine']);
  });

  test('a text whose acknowledgement is lost is sent again and counted once', async () => {
    const anna = await world.online('anna');
    const ben = await world.online('ben');
    const annas = await anna.chatWith('ben');
    const bens = await ben.chatWith('anna');
    world.emulator.faults.add({ kind: 'command', command: '30_1', drop: 'reply', times: 1 });
    const row = annas.sendText('once');
    await waitFor(() => bens.live.length, { what: 'the text on the other side' });
    expect(row?.status).toBe('sending');
    world.emulator.faults.cut({ accountId: 'anna' });
    await waitFor(() => row?.status === 'sent', { what: 'the acknowledgement', timeoutMs: 15_000 });
    expect(serverTexts('anna', 'ben')).toEqual(['once']);
    expect(textsOf(annas)).toEqual(['once']);
    expect(textsOf(bens)).toEqual(['once']);
  });

  test('a refused text is marked with its code, and a tap sends it under the same id', async () => {
    const anna = await world.online('anna');
    const annas = await anna.chatWith('ben');
    world.emulator.faults.add({ kind: 'command', command: '30_1', code: 107323, times: 1 });
    const row = annas.sendText('again');
    await waitFor(() => row?.status === 'failed', { what: 'the failure' });
    expect(row?.errorCode).toBe(107323);
    if (row) annas.resend(row);
    await waitFor(() => row?.status === 'sent', { what: 'the second request' });
    const [stored, ...others] = world.emulator.world.serverLog('p2p', 'anna', 'ben');
    expect(others).toEqual([]);
    expect(stored?.messageClientId).toBe(row?.messageClientId);
  });

  test('430 messages page back to the first message, each once and in order', async () => {
    for (let i = 0; i < 430; i++)
      world.emulator.world.sendMessage({
        from: i % 2 ? 'anna' : 'ben',
        to: i % 2 ? 'ben' : 'anna',
        text: `${i}`,
      });
    const anna = await world.online('anna');
    const chat = await anna.chatWith('ben');
    const seen = new Map(rowsOf(chat).map((row) => [row.messageClientId, row.text]));
    for (let pages = 0; chat.hasOlder; pages++) {
      expect(pages).toBeLessThan(30);
      await chat.loadOlder();
      expect(chat.error).toBeNull();
      for (const row of rowsOf(chat)) seen.set(row.messageClientId, row.text);
      const texts = textsOf(chat).map(Number);
      expect(texts).toEqual(texts.map((_, i) => (texts[0] ?? 0) + i));
    }
    expect(textsOf(chat)[0]).toBe('0');
    expect(seen.size).toBe(430);
    while (chat.hasNewer) chat.loadNewer();
    expect(textsOf(chat).at(-1)).toBe('429');
  });
});

describe('a history that another client of the account cleared', () => {
  const ben = { way: 'static', accountId: 'ben', token: 'token-ben' } as const;
  const secret = () =>
    world.emulator.world.sendMessage({ from: 'anna', to: 'ben', text: 'old secret' });
  const clear = (client: Awaited<ReturnType<typeof world.online>>) =>
    client.core.manager.connection?.services.message.clearHistoryMessage({
      conversationId: client.account.conversations.conversationIdWith('anna'),
      deleteRoam: true,
      onlineSync: true,
    });

  test('disappears from the list and from the next start', async () => {
    const storage = new Map<string, unknown>();
    const phone = world.client('phone', { storage });
    await phone.signIn(ben, { remember: true });
    const tablet = await world.online('ben');
    secret();
    const row = () => phone.account.conversations.rows[0];
    await waitFor(() => row()?.preview.text === 'old secret', { what: 'the preview' });
    phone.wx.app.hide();
    expect(JSON.stringify([...storage])).toContain('old secret');
    await clear(tablet);
    await waitFor(() => row()?.preview.text === '', { what: 'an empty preview' });
    phone.wx.app.show();
    phone.wx.app.hide();
    expect(JSON.stringify([...storage])).not.toContain('old secret');
  });

  test('disappears from the list of an offline client after its next sign-in', async () => {
    const storage = new Map<string, unknown>();
    const phone = world.client('phone', { storage });
    await phone.signIn(ben, { remember: true });
    secret();
    await waitFor(() => phone.account.conversations.rows[0]?.preview.text === 'old secret', {
      what: 'the preview',
    });
    await phone.dispose();
    const tablet = await world.online('ben');
    await clear(tablet);
    const next = world.client('phone', { storage });
    await next.root.session.restore();
    await waitFor(() => next.root.account?.conversations.state === 'ready', { what: 'the list' });
    await waitFor(() => next.account.conversations.rows[0]?.preview.text === '', {
      what: 'an empty preview',
    });
    next.wx.app.hide();
    expect(JSON.stringify([...storage])).not.toContain('old secret');
  });
});
