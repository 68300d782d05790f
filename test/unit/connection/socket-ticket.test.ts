import { SocketGate } from '@/connection';
import { hostOfUrl } from '@/connection/socket-gate';
import { Ticket, type TicketGate } from '@/connection/socket-ticket';
import { FakeClock } from '../fakes/fake-clock';

/** A ticket on a gate that only writes down what it hears. */
function ticketOf(owner = 'im#1') {
  const clock = new FakeClock();
  const log: unknown[] = [];
  let whyHeld: string | undefined = 'no place';
  let mayRebuild = true;
  const gate: TicketGate = {
    changed: (change, _ticket, detail) => log.push(detail ? [change, detail] : change),
    mayRebuild: () => mayRebuild,
    whyHeld: () => whyHeld,
  };
  const connect = {
    url: 'wss://a.example',
    start: () => log.push('start'),
    refuse: (errMsg: string) => log.push(`refuse ${errMsg}`),
    close: () => log.push('close'),
    giveUp: (reason: string) => log.push(`giveUp ${reason}`),
  };
  const ticket = new Ticket(1, owner, 'a.example', connect, clock, gate);
  return {
    clock,
    log,
    ticket,
    openGate: () => (whyHeld = undefined),
    forbidRebuild: () => (mayRebuild = false),
  };
}

describe('the ticket of a socket', () => {
  it('knows the time of its request and the kind of its owner', () => {
    const { clock, ticket } = ticketOf();
    expect(ticket.requestedAt).toBe(clock.now());
    expect(['im#3', 'room:9#1', 'app', '7#a'].map((owner) => ticketOf(owner).ticket.kind)).toEqual([
      'im',
      'room',
      'app',
      '7#a',
    ]);
  });

  it('is refused after the time of holding, with the reason of the gate or without one', async () => {
    for (const isKnown of [true, false]) {
      const { clock, log, openGate, ticket } = ticketOf();
      if (!isKnown) openGate();
      ticket.holdFor(7000);
      await clock.advance(6999);
      expect(log).toEqual([]);
      await clock.advance(1);
      const errMsg = `connectSocket:fail held for 7000 ms by the socket gate: ${isKnown ? 'no place' : 'no room'}`;
      expect(log).toEqual([['refused', { errMsg }], `refuse ${errMsg}`]);
      expect(ticket.state).toBe('closed');
    }
  });

  it('is not refused after its start or its cancellation', async () => {
    for (const end of ['start', 'closing'] as const) {
      const { clock, log, ticket } = ticketOf();
      ticket.holdFor(7000);
      ticket[end]();
      await clock.advance(7000);
      expect(log.filter((one) => String(one).includes('refuse'))).toEqual([]);
    }
  });

  it('reports each change a single time, in its order', () => {
    const { log, ticket } = ticketOf();
    ticket.start();
    ticket.opened();
    ticket.opened();
    expect(ticket.closing()).toBe(true);
    expect(ticket.closing()).toBe(true);
    ticket.opened();
    ticket.closed(1000, 'bye');
    ticket.closed(1000, 'bye');
    expect(log).toEqual([
      'started',
      'start',
      'opened',
      'closing',
      ['closed', { code: 1000, reason: 'bye' }],
    ]);
  });

  it('reports a cancelled connect, and an end without code and reason', () => {
    const held = ticketOf();
    expect(held.ticket.closing()).toBe(false);
    expect(held.log).toEqual([['cancelled', {}]]);
    const open = ticketOf();
    open.ticket.start();
    open.ticket.closed(undefined, '');
    expect(open.log.at(-1)).toEqual(['closed', {}]);
  });

  it('closes its socket, but no socket that is closing already', () => {
    const { log, ticket } = ticketOf();
    ticket.start();
    ticket.close();
    ticket.closing();
    ticket.close();
    expect(log.filter((one) => one === 'close')).toHaveLength(1);
  });

  it('closes an open link for an unreadable frame when the gate allows it, and names the error', () => {
    const { forbidRebuild, log, ticket } = ticketOf('room:1#1');
    ticket.start();
    ticket.unreadable(new TypeError('secret'));
    expect(log).toHaveLength(2);
    ticket.opened();
    ticket.unreadable('text');
    ticket.unreadable(new TypeError('secret'));
    expect(log.slice(3)).toEqual([
      ['unreadable', { reason: 'string' }],
      'close',
      ['unreadable', { reason: 'TypeError' }],
      'close',
    ]);
    forbidRebuild();
    ticket.unreadable(new TypeError('secret'));
    expect(log).toHaveLength(7);
  });

  describe('after onError', () => {
    it('closes a connect at once, a single time, and gives it up after 1 s', async () => {
      const { clock, log, ticket } = ticketOf();
      ticket.start();
      ticket.errored();
      ticket.errored();
      expect(log.slice(2)).toEqual(['close']);
      ticket.closing();
      await clock.advance(999);
      expect(ticket.state).toBe('closing');
      await clock.advance(1);
      expect(log.at(-1)).toBe('giveUp onError without onClose');
      expect(ticket.state).toBe('closed');
    });

    it('waits only 1 s more for a socket that is closing', async () => {
      const { clock, log, ticket } = ticketOf();
      ticket.start();
      ticket.opened();
      ticket.closing();
      ticket.errored();
      await clock.advance(1000);
      expect(log.at(-1)).toBe('giveUp onError without onClose');
    });

    it('does nothing for a held or ended socket', async () => {
      for (const isHeld of [true, false]) {
        const { clock, log, ticket } = ticketOf();
        if (!isHeld) {
          ticket.start();
          ticket.closed(1000);
        }
        const before = log.length;
        ticket.errored();
        expect(clock.pending).toBe(0);
        await clock.advance(2000);
        expect(log).toHaveLength(before);
      }
    });

    it('keeps an open socket that receives afterwards, and judges the next error anew', async () => {
      const { clock, log, ticket } = ticketOf();
      ticket.start();
      ticket.opened();
      ticket.errored();
      await clock.advance(500);
      ticket.received();
      await clock.advance(500);
      expect(log).not.toContain('close');
      ticket.errored();
      await clock.advance(1000);
      expect(log.at(-1)).toBe('close');
    });

    it('closes an open socket whose last data came in the same millisecond', async () => {
      const { clock, log, ticket } = ticketOf();
      ticket.start();
      ticket.opened();
      ticket.received();
      ticket.errored();
      await clock.advance(1000);
      expect(log.at(-1)).toBe('close');
    });

    it('does not close a socket that is already gone', async () => {
      const { clock, log, ticket } = ticketOf();
      ticket.start();
      ticket.opened();
      ticket.errored();
      ticket.closing();
      ticket.closed(1000, '');
      await clock.advance(60_000);
      expect(log.at(-1)).toEqual(['closed', { code: 1000 }]);
    });
  });

  it('gives up a connect that never opened 10 s after its close', async () => {
    const { clock, log, ticket } = ticketOf();
    ticket.start();
    ticket.closing();
    await clock.advance(10_000);
    expect(log.slice(-2)).toEqual([
      ['closed', { code: 1006, reason: 'never opened, never closed' }],
      'giveUp never opened, never closed',
    ]);
  });

  it('closes a stuck socket a second time after 10 s, and gives it up after 60 s', async () => {
    const { clock, log, ticket } = ticketOf();
    ticket.start();
    ticket.opened();
    ticket.closing();
    await clock.advance(10_000);
    expect(ticket.stuck).toBe(true);
    expect(log.slice(-2)).toEqual(['stuck', 'close']);
    await clock.advance(50_000);
    expect(log.at(-1)).toBe('giveUp no onClose 60000 ms after close()');
  });
});

describe('the socket gate', () => {
  const connectTo = (gate: SocketGate, url: string, owner?: string) => {
    const log: string[] = [];
    const ticket = gate.request({
      url,
      ...(owner === undefined ? {} : { owner }),
      start: () => log.push('start'),
      refuse: (errMsg) => log.push(errMsg),
      close: () => log.push('close'),
      giveUp: () => undefined,
    });
    return { ticket, log };
  };

  it('numbers its tickets, prefers the named owner, and reports a held connect', () => {
    const gate = new SocketGate(new FakeClock());
    const kinds: string[] = [];
    gate.on(({ kind }) => kinds.push(kind));
    const tickets = gate.withOwner('room:1#1', () => [
      connectTo(gate, 'wss://a.example').ticket,
      connectTo(gate, 'wss://a.example', 'im#1').ticket,
      connectTo(gate, 'wss://a.example').ticket,
    ]);
    expect(tickets.map(({ id, owner }) => `${id} ${owner}`)).toEqual([
      '1 room:1#1',
      '2 im#1',
      '3 room:1#1',
    ]);
    expect(kinds).toEqual(['started', 'started', 'held']);
    expect(gate.list()).toEqual(tickets);
  });

  it('says why a connect got no room: the host, the app, the last IM socket', async () => {
    const clock = new FakeClock();
    const gate = new SocketGate(clock, { total: 3, perHost: 2 });
    connectTo(gate, 'wss://a.example', 'im#1').ticket.opened();
    const im = connectTo(gate, 'wss://b.example', 'im#2');
    connectTo(gate, 'wss://a.example', 'app');
    const host = connectTo(gate, 'wss://a.example', 'app');
    connectTo(gate, 'wss://c.example', 'app');
    const second = connectTo(gate, 'wss://b.example', 'im#3');
    await clock.advance(7000);
    expect(im.log).toEqual([expect.stringContaining('3 of 3 sockets are live')]);
    expect(host.log).toEqual([expect.stringContaining('3 of 3 sockets are live')]);
    const roomy = new SocketGate(clock);
    connectTo(roomy, 'wss://a.example', 'im#1').ticket.opened();
    connectTo(roomy, 'wss://a.example', 'app');
    const full = connectTo(roomy, 'wss://a.example', 'app');
    const twin = connectTo(roomy, 'wss://b.example', 'im#2');
    await clock.advance(7000);
    expect(full.log).toEqual([expect.stringContaining('2 of 2 sockets to a.example are live')]);
    expect(twin.log).toEqual([expect.stringContaining('the last im socket is still open')]);
    expect(second.log).toHaveLength(1);
  });

  it('allows a new link for each kind and host once a minute, also after the clock went back', async () => {
    const clock = new FakeClock();
    const gate = new SocketGate(clock, { total: 99, perHost: 99 });
    const fails = (url: string, owner: string) => {
      const { ticket, log } = connectTo(gate, url, owner);
      ticket.opened();
      ticket.unreadable(new Error('frame'));
      ticket.closing();
      ticket.closed(1000);
      return log.includes('close');
    };
    expect(fails('wss://a.example', 'room:1#1')).toBe(true);
    expect(fails('wss://a.example', 'room:1#2')).toBe(false);
    expect(fails('wss://b.example', 'room:1#3')).toBe(true);
    expect(fails('wss://a.example', 'im#1')).toBe(true);
    await clock.advance(59_999);
    expect(fails('wss://a.example', 'room:1#4')).toBe(false);
    await clock.advance(1);
    expect(fails('wss://a.example', 'room:1#5')).toBe(true);
    clock.skip(-30_000);
    expect(fails('wss://a.example', 'room:1#6')).toBe(true);
  });

  it('removes a rule a single time', () => {
    const gate = new SocketGate(new FakeClock(), { total: 99, perHost: 99 });
    const stop = gate.addOwnerRule(() => 'kit:a');
    gate.addOwnerRule(() => 'kit:b');
    stop();
    stop();
    expect(connectTo(gate, 'wss://a.example').ticket.owner).toBe('kit:b');
  });

  it('waits for closed sockets without a limit of time although one is stuck', async () => {
    const clock = new FakeClock();
    const gate = new SocketGate(clock);
    const { ticket } = connectTo(gate, 'wss://a.example', 'app');
    ticket.opened();
    ticket.closing();
    await clock.advance(10_000);
    let left: number | undefined;
    void gate.whenClosed('app').then((count) => (left = count));
    await clock.advance(1000);
    expect(left).toBeUndefined();
    expect(await gate.whenClosed('app', 5000)).toBe(1);
    ticket.closed(1000);
    await clock.advance(0);
    expect(left).toBe(0);
  });

  it('reads the host of an address, and takes anything else as it is', () => {
    expect(
      ['WSS://Link.Example:443/a?b', 'ws://h#x', 'nothing', 'x wss://h/'].map(hostOfUrl),
    ).toEqual(['link.example', 'h', 'nothing', expect.stringContaining('x wss')]);
  });
});
