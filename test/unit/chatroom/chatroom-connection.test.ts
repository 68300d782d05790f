import { RoomLeases, SocketGate } from '@/connection';
import { Mutex } from '@/packages/chatroom/connection/mutex';
import { FakeClock, settle } from '../fakes/fake-clock';
import { fate } from '../fakes/rig';
import { ME, said, Visit } from './fakes/fake-room';

describe('the entry into a room', () => {
  it('retries with growing pauses while a retry may help', async () => {
    const visit = new Visit();
    visit.script = [{ code: 503 }, { code: 192001 }];
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(0);
    expect(visit.ports).toHaveLength(1);
    await visit.clock.advance(600);
    expect(visit.ports).toHaveLength(2);
    await visit.clock.advance(1100);
    expect(entering.status).toBe('resolved');
    expect(visit.states).toEqual(['entering', 'entering', 'entering', 'entering', 'inside']);
  });

  it('uses a new instance, a single address and a fresh token for each attempt', async () => {
    let asked = 0;
    const visit = new Visit({
      appServer: () => Promise.resolve(['a.example', 'b.example']),
      signIn: {
        way: 'dynamic',
        accountId: ME,
        tokenProvider: () => Promise.resolve(`token ${++asked}`),
      },
    });
    visit.script = [{ code: 503 }, { code: 503 }];
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(3000);
    expect(entering.status).toBe('resolved');
    const requests = visit.ports.map(({ requests: [request] }) => request);
    expect(requests.map((one) => one?.address)).toEqual(['a.example', 'b.example', 'a.example']);
    expect(requests.map((one) => one?.proof.token)).toEqual(['token 1', 'token 2', 'token 3']);
    // The list was used up, so the connection requests a new list.
    expect(visit.addressesAsked).toBe(2);
    expect(visit.ports.map(({ destroyed }) => destroyed)).toEqual([true, true, false]);
  });

  it('requests new addresses when the server redirects it', async () => {
    const visit = new Visit({ appServer: () => Promise.resolve(['a.example', 'b.example']) });
    visit.script = [{ code: 399 }];
    void visit.connection.enter();
    await visit.clock.advance(1000);
    expect(visit.addressesAsked).toBe(2);
    expect(visit.port.requests[0]?.address).toBe('a.example');
  });

  it.each([
    [113404, { kind: 'refused', code: 113404 }],
    [113406, { kind: 'closed' }],
    [114426, { kind: 'blocked' }],
    [102422, { kind: 'banned' }],
    [422, { kind: 'banned' }],
    [403, { kind: 'refused', code: 403 }],
    [302, { kind: 'refused', code: 302 }],
  ])('ends with %i at once', async (code, cause) => {
    const visit = new Visit();
    visit.script = [{ code }];
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(0);
    expect(visit.connection.state).toMatchObject({ name: 'exited', cause });
    expect(entering.status).toBe('rejected');
    expect(visit.leases.rooms()).toEqual([]);
  });

  it('ends after its time-out in any state', async () => {
    const visit = new Visit({ params: { timeout: 5 } });
    visit.script = ['silent'];
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(4999);
    expect(entering.status).toBe('pending');
    await visit.clock.advance(1);
    expect(entering.code).toBe(191005);
    expect(visit.port.destroyed).toBe(true);
    // The SDK also counts in seconds and must not end first: the SDK would leave its socket open.
    expect(visit.port.requests[0]?.timeoutSeconds).toBe(10);
  });

  it('ends after 60 seconds by default', async () => {
    const visit = new Visit();
    visit.script = Array.from({ length: 100 }, () => ({ code: 192001 }));
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(59_999);
    expect(entering.status).toBe('pending');
    await visit.clock.advance(1);
    expect(entering.code).toBe(191005);
  });

  it('ends an attempt without an answer after 26 seconds, and makes the next attempt', async () => {
    const visit = new Visit();
    visit.script = ['silent'];
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(25_999);
    expect(visit.ports).toHaveLength(1);
    await visit.clock.advance(2000);
    expect([entering.status, visit.ports.length]).toEqual(['resolved', 2]);
  });

  it('continues when the SDK reports nothing after its link broke', async () => {
    const visit = new Visit();
    visit.script = ['silent'];
    void visit.connection.enter();
    await visit.clock.advance(0);
    visit.port.emit('status', 2);
    visit.port.emit('status', 0);
    await visit.clock.advance(49);
    expect(visit.port.destroyed).toBe(false);
    await visit.clock.advance(1);
    expect(visit.port.destroyed).toBe(true);
    await visit.clock.advance(1000);
    expect(visit.connection.state.name).toBe('inside');
  });

  it('makes another attempt when the link breaks between the answer and the end of the attempt', async () => {
    const visit = new Visit();
    visit.script = ['silent'];
    void visit.connection.enter();
    await visit.clock.advance(0);
    visit.port.emit('status', 5);
    visit.port.answer();
    visit.port.emit('status', 0, { code: 192003 });
    visit.port.emit('status', 1);
    await settle();
    expect([visit.connection.state.name, visit.port.destroyed]).toEqual(['entering', true]);
    await visit.clock.advance(1000);
    expect([visit.connection.state.name, visit.ports.length]).toEqual(['inside', 2]);
  });

  it('is cancelled by leaving, and opens nothing afterwards', async () => {
    let answer: (addresses: string[]) => void = () => undefined;
    const visit = new Visit({ appServer: () => new Promise((resolve) => (answer = resolve)) });
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(0);
    await visit.connection.leave();
    answer(['late.example']);
    await visit.clock.advance(60_000);
    expect(entering.code).toBe(191002);
    expect(visit.ports).toEqual([]);
    expect(visit.clock.pending).toBe(0);
  });

  it('waits for the real close of the previous room', async () => {
    const clock = new FakeClock();
    const gate = new SocketGate(clock);
    const leases = new RoomLeases(gate);
    const first = new Visit({ clock, gate, leases });
    await first.enter();
    const ticket = gate.request({
      url: 'wss://link.example/',
      owner: 'room:9000#1',
      start: () => undefined,
      refuse: () => undefined,
      close: () => undefined,
      giveUp: () => undefined,
    });
    const second = new Visit({ clock, gate, leases });
    void second.connection.enter();
    await clock.advance(1000);
    expect(first.connection.state).toMatchObject({ cause: { kind: 'replaced' } });
    expect(second.ports).toEqual([]);
    ticket.closed();
    await clock.advance(0);
    expect(second.connection.state.name).toBe('inside');
  });
});

describe('two rooms on a host', () => {
  it('open their sockets one after another, so that each socket is counted for its room', async () => {
    const clock = new FakeClock();
    const gate = new SocketGate(clock);
    const shared = { clock, gate, leases: new RoomLeases(gate, 2), connectMutex: new Mutex() };
    const first = new Visit(shared);
    const second = new Visit(shared);
    first.script = ['silent'];
    const entering = [first, second].map(({ connection }) => fate(connection.enter()));
    await clock.advance(100);
    expect([first.ports.length, second.ports.length]).toEqual([1, 0]);
    const ticket = gate.request({
      url: 'wss://link.example/socket.io/1/websocket/sid',
      start: () => undefined,
      refuse: () => undefined,
      close: () => undefined,
      giveUp: () => undefined,
    });
    await clock.advance(0);
    expect(ticket.owner).toBe('room:9000#1');
    expect(second.ports).toHaveLength(1);
    ticket.closed();
    await Promise.all([first, second].map(({ connection }) => connection.leave()));
    await settle();
    expect(entering.map(({ status }) => status)).toEqual(['rejected', 'resolved']);
  });
});

describe('a connection inside a room', () => {
  it('reports a kick as the cause, although the exit arrives first', async () => {
    const visit = new Visit();
    await visit.enter();
    visit.port.emit('status', 6);
    visit.port.emit('exited', { code: 192003 });
    visit.port.emit('kicked', 2, 'be nice');
    await settle();
    expect(visit.connection.state).toMatchObject({
      cause: { kind: 'kicked', reason: 2, extension: 'be nice' },
    });
  });

  it.each([
    [1, { kind: 'closed' }],
    [2, { kind: 'kicked', reason: 2 }],
    [3, { kind: 'kicked', reason: 3 }],
    [4, { kind: 'kicked', reason: 4 }],
    [5, { kind: 'blocked' }],
    [-1, { kind: 'kicked', reason: -1 }],
  ])('ends without a reconnect on kick %i', async (reason, cause) => {
    const visit = new Visit();
    await visit.enter();
    visit.port.emit('kicked', reason, '');
    await visit.clock.advance(60_000);
    expect(visit.connection.state).toMatchObject({ name: 'exited', cause });
    expect(visit.ports).toHaveLength(1);
    expect(visit.port.listening).toBe(0);
    expect(visit.clock.pending).toBe(0);
  });

  it('listens to a single instance at a time', async () => {
    const visit = new Visit();
    await visit.enter();
    const old = visit.port;
    await visit.loseLink();
    await visit.clock.advance(500);
    expect(visit.connection.state.name).toBe('inside');
    old.emit('kicked', 2, '');
    expect(visit.connection.state.name).toBe('inside');
    expect(old.listening).toBe(0);
  });

  it('catches the error of a handler', async () => {
    const visit = new Visit();
    await visit.enter();
    const heard: string[] = [];
    visit.connection.on('messages', () => {
      throw new Error('malformed');
    });
    visit.connection.on('messages', ([message]) => heard.push(message?.text ?? ''));
    visit.push(said('hello'));
    expect(heard).toEqual(['hello']);
    expect(visit.journal.entries().slice(-1)[0]).toMatchObject({ kind: 'handler' });
  });
});

describe('the reconnect of a room', () => {
  it('starts after half a second, continues with growing pauses, and never ends by itself', async () => {
    const visit = new Visit();
    await visit.enter();
    visit.script = Array.from({ length: 20 }, () => ({ code: 192001 }));
    await visit.loseLink();
    expect(visit.connection.state).toMatchObject({
      name: 'reconnecting',
      attempt: 1,
      until: visit.clock.now() + 500,
      reason: 192003,
    });
    await visit.clock.advance(300_000);
    expect(visit.connection.state).toMatchObject({ name: 'inside' });
    expect(visit.ports).toHaveLength(22);
  });

  it('waits for the network, and tries at once when the network returns', async () => {
    const visit = new Visit();
    await visit.enter();
    visit.script = Array.from({ length: 5 }, () => ({ code: 192001 }));
    visit.setNetwork(false);
    expect(visit.connection.state).toMatchObject({ name: 'reconnecting', reason: 600103 });
    await visit.clock.advance(20_000);
    visit.script = [];
    visit.setNetwork(true);
    await settle();
    expect(visit.connection.state.name).toBe('inside');
  });

  it('ends on leaving while it waits', async () => {
    const visit = new Visit();
    await visit.enter();
    await visit.loseLink();
    await visit.connection.leave();
    await visit.clock.advance(60_000);
    expect(visit.ports).toHaveLength(1);
    expect(visit.clock.pending).toBe(0);
  });
});
