import { useWorld, waitFor } from '../harness';

const world = useWorld();
const anna = { way: 'static', accountId: 'anna', token: 'token-anna' } as const;

const logins = () => world.emulator.log.logins.length;

describe('a failed main sync', () => {
  it('does not leave the client online with an empty list: a new link brings the conversations', async () => {
    const { world: server, faults } = world.emulator;
    server.sendMessage({ from: 'ben', to: 'anna', text: 'waiting for Anna' });
    faults.add({ kind: 'command', command: '27_1', code: 416, times: 1 });
    const client = world.client('anna');
    const states: string[] = [];
    client.core.manager.on('state', ({ to }) => states.push(to.name));
    await client.signIn(anna);
    expect(states.slice(0, states.indexOf('online'))).toContain('waiting');
    expect(states.filter((name) => name === 'online')).toHaveLength(1);
    const { rows } = client.account.conversations;
    expect(rows.map(({ unread, preview }) => [unread, preview.text])).toEqual([
      [1, 'waiting for Anna'],
    ]);
    expect(logins()).toBe(2);
    expect(client.wx.sockets.maxLive).toBe(1);
  });
});

describe('a living link', () => {
  it('is kept on return when its probe is answered with an error', async () => {
    const client = await world.online('anna');
    const refused = world.emulator.faults.add({ kind: 'command', command: '34_7', code: 416 });
    client.wx.app.hide();
    Object.assign(client.core.platform.clock, { now: () => Date.now() + 600_000 });
    client.wx.app.show();
    await waitFor(() => refused.hits > 0, { what: 'the probe' });
    // After another round trip the client has read the answer to the probe.
    const chat = await client.chatWith('ben');
    chat.sendText('still here');
    await waitFor(() => chat.live.some(({ status }) => status === 'sent'), { what: 'the text' });
    expect(client.core.manager.state.name).toBe('online');
    expect(logins()).toBe(1);
  });
});

describe('sockets that the host closes without onClose', () => {
  it.each(['task not found', 'taskID not exist'])(
    'and reports as unknown ("%s") do not delay a login, four times',
    async (errMsg) => {
      const client = await world.online('anna');
      const { wx, core, root } = client;
      for (let times = 1; times <= 4; times++) {
        expect(wx.sockets.dropAll(errMsg)).toBe(1);
        wx.network.set(false);
        wx.network.set(true);
        await waitFor(() => root.connection.isOnline && logins() === times + 1, {
          what: `login ${times + 1}`,
          timeoutMs: 4000,
        });
      }
      expect(core.gate.counts()).toMatchObject({ live: 1, stuck: 0 });
    },
  );

  it('do not delay a login after onError without onClose, twice: online within 8 s', async () => {
    world.emulator.faults.add({ kind: 'upgrade', how: 'drop', times: 2 });
    const client = world.client('anna', { errorWithoutClose: true });
    const start = performance.now();
    await client.signIn(anna);
    // Two attempts of 1 s, two pauses of at most 1 s and 2 s, and the sign-in itself.
    expect(performance.now() - start).toBeLessThan(8000);
    expect(client.core.gate.counts()).toMatchObject({ live: 1, stuck: 0 });
  }, 30_000);
});

describe('a half-open link', () => {
  it('is replaced after the first request without an answer, and the text goes out once', async () => {
    const client = await world.online('anna');
    const ben = await world.bare('ben');
    const chat = await client.chatWith('ben');
    world.emulator.faults.halfOpen({ accountId: 'anna' });
    chat.sendText('over a dead link');
    // The SDK's request times out after 8 s, the probe takes a second, then a new link opens.
    await waitFor(() => ben.received.length > 0, { what: 'the text to arrive', timeoutMs: 14_000 });
    await waitFor(() => chat.live.every(({ status }) => status === 'sent'), { what: 'the answer' });
    expect(ben.received.map(({ text }) => text)).toEqual(['over a dead link']);
  }, 30_000);
});
