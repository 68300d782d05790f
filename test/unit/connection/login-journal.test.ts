import { as, createRig, fate, type Rig } from '../fakes/rig';

const lines = (rig: Rig) => rig.journal.entries().map(({ kind, text }) => `${kind}: ${text}`);

describe('the journal of a login', () => {
  it('names the cause of each change of the state', async () => {
    const rig = createRig();
    rig.server.script = [{ code: 503 }];
    void rig.manager.login(as('u1'));
    await rig.clock.advance(5000);
    rig.nim().cut();
    await rig.clock.advance(5000);
    rig.setNetwork(false);
    rig.setNetwork(true);
    await rig.clock.advance(5000);
    await Promise.all([rig.manager.logout(), rig.clock.advance(5000)]);
    expect(lines(rig)).toEqual([
      'state: idle -> connecting: sign-in',
      'state: connecting -> authenticating: link is up',
      'link: 503',
      'state: authenticating -> waiting: Server busy',
      'state: waiting -> connecting: next attempt',
      'state: connecting -> authenticating: link is up',
      'state: authenticating -> syncing: logged in',
      'state: syncing -> online: synchronised',
      'link: 192003',
      'state: online -> waiting: The link broke',
      'state: waiting -> connecting: reconnecting',
      'state: connecting -> authenticating: link is up',
      'state: authenticating -> syncing: logged in',
      'state: syncing -> online: synchronised',
      'network: none',
      'state: online -> waiting: The device has no network',
      'link: 192003',
      'network: connected',
      'state: waiting -> connecting: reconnecting',
      'state: connecting -> authenticating: link is up',
      'state: authenticating -> syncing: logged in',
      'state: syncing -> online: synchronised',
      'state: online -> loggedOut: signed out',
    ]);
  });

  const ends: [name: string, last: string, act: (rig: Rig) => Promise<void> | void][] = [
    [
      'another sign-in',
      'online -> loggedOut: another sign-in',
      (rig) => void rig.manager.login(as('u2')),
    ],
    ['a kick', 'online -> kicked: reason 3', (rig) => rig.nim().kick({ reason: 3 })],
    [
      'a final code on a reconnect',
      'authenticating -> refused: refused on reconnect',
      (rig) => {
        rig.server.otherwise = { code: 422 };
        rig.nim().cut();
        return rig.clock.advance(5000);
      },
    ],
    [
      'a lost link without reconnecting',
      'online -> lost: needReconnect is off',
      (rig) => {
        rig.manager.setOptions({ needReconnect: false });
        rig.nim().cut();
      },
    ],
    [
      'too many attempts',
      'waiting -> lost: too many attempts',
      (rig) => {
        rig.manager.setOptions({ reconnectionAttempts: 0 });
        rig.nim().cut();
      },
    ],
  ];
  it.each(ends)('names the cause of %s', async (_name, last, act) => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    await act(rig);
    await rig.clock.advance(0);
    const states = lines(rig).filter((line) => /-> (loggedOut|kicked|refused|lost)/.test(line));
    expect(states.map((line) => line.replace(/^state: \w+/, ''))).toEqual([
      last.replace(/^\w+/, ''),
    ]);
  });

  it('names the code of a sign-in that the server refuses, and the operation that replaced a sign-in', async () => {
    const refused = createRig();
    refused.server.otherwise = { code: 422 };
    void fate(refused.manager.login(as('u1')));
    await refused.clock.advance(1000);
    expect(lines(refused).at(-1)).toBe('state: authenticating -> refused: refused by the server');
    const replaced = createRig();
    void fate(replaced.manager.login(as('u1')));
    await replaced.clock.advance(5);
    void replaced.manager.logout();
    await replaced.clock.advance(2000);
    expect(lines(replaced).at(-1)).toBe('state: connecting -> loggedOut: replaced by logout');
    const aborted = createRig();
    const abort = new AbortController();
    void fate(aborted.manager.login(as('u1'), { signal: abort.signal }));
    await aborted.clock.advance(5);
    abort.abort();
    await aborted.clock.advance(2000);
    expect(lines(aborted).at(-1)).toBe('state: connecting -> loggedOut: aborted');
  });

  it('names sockets that never closed, and a sync without an end', async () => {
    const rig = createRig({ sockets: { closeMs: Number.POSITIVE_INFINITY, openMs: 10 } });
    rig.server.syncs = [{ code: 500 }];
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    expect(lines(rig)).toContain('sync: ended with 500');
    const left = fate(rig.manager.logout());
    await rig.clock.advance(20_000);
    expect(left.status).toBe('resolved');
    expect(lines(rig).filter((line) => line.startsWith('close'))).toEqual([
      'close: 1 socket(s) of im#1 never fired onClose',
    ]);
    const clean = createRig();
    void clean.manager.login(as('u1'));
    await clean.clock.advance(100);
    void clean.manager.logout();
    await clean.clock.advance(5000);
    expect(lines(clean).filter((line) => line.startsWith('close'))).toEqual([]);
  });

  it('names an SDK that does not end, a reconnect that stays silent and a link without an answer', async () => {
    const rig = createRig();
    rig.server.logoutHangs = true;
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    void rig.manager.logout();
    await rig.clock.advance(20_000);
    expect(lines(rig)).toContain('close: destroy not done within 3000 ms');

    const silent = createRig({ sockets: { closeMs: 300, openMs: 10 } });
    void silent.manager.login(as('u1'));
    await silent.clock.advance(100);
    const reasons: number[] = [];
    silent.manager.on('state', ({ to }) => to.name === 'waiting' && reasons.push(to.reason));
    silent.nim().reconnect = () => undefined;
    silent.nim().cut();
    await silent.clock.advance(2000);
    expect(silent.manager.state.name).toBe('connecting');
    await silent.clock.advance(30_000);
    expect(lines(silent)).toContain('watch: reconnect silent for 30000 ms');
    expect(reasons).toEqual([192003, 191005]);

    const dead = createRig();
    void dead.manager.login(as('u1'));
    await dead.clock.advance(100);
    dead.server.alive = false;
    dead.hide();
    dead.clock.skip(60_000);
    dead.show();
    await dead.clock.advance(1500);
    expect(lines(dead)).toContain('check: no answer within 1500 ms: rebuilding the link');
  });

  it('names what a handler of an event throws, until the end of the login', async () => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(100);
    const handlers: ((...args: unknown[]) => void)[] = [];
    rig.nim().listen = ((_service: string, _event: string, handler: () => void) => {
      handlers.push(handler);
      return () => void handlers.splice(0);
    }) as never;
    let calls = 0;
    rig.manager.connection?.listen('message', 'onReceiveMessages', () => {
      calls++;
      throw new Error('no text');
    });
    const [emit] = handlers;
    emit?.([]);
    expect(lines(rig).at(-1)).toBe('handler: message onReceiveMessages: no text');
    void rig.manager.logout();
    await rig.clock.advance(0);
    emit?.([]);
    expect(calls).toBe(1);
    expect(handlers).toEqual([]);
  });
});
