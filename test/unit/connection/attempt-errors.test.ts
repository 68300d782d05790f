import { AttemptErrors } from '@/connection/attempt-errors';
import { Journal, SocketGate } from '@/connection';
import { Listeners } from '@/platform';
import type { NimPort } from '@/sdk';
import { FakeClock } from '../fakes/fake-clock';

const REFUSED = 'connectSocket:fail url not in domain list';

function setUp() {
  const clock = new FakeClock();
  const gate = new SocketGate(clock);
  const journal = new Journal(clock);
  const refused = new Listeners<[string]>();
  const heard: string[] = [];
  const nim = {
    on: (event: string, handler: (url: string) => void) => {
      heard.push(event);
      return refused.add(handler);
    },
  } as unknown as NimPort;
  const errors = new AttemptErrors({ nim, gate, owner: 'im#1', journal });
  const socket = (owner: string) =>
    gate.request({
      url: 'wss://link.example/socket',
      owner,
      start: () => undefined,
      refuse: () => undefined,
      close: () => undefined,
      giveUp: () => undefined,
    });
  const lines = () => journal.entries().map(({ kind, text }) => `${kind}: ${text}`);
  return { errors, heard, lines, refuse: (url: string) => refused.emit(url), socket };
}

describe('the errors of an attempt', () => {
  it('end with the refusal of a socket of this login, with the host to add', () => {
    const { errors, lines, socket } = setUp();
    socket('im#1').closed(1006, REFUSED);
    expect(errors.outcome({ code: 415 })).toEqual({
      code: 600002,
      desc: 'socket list: add link.example',
    });
    expect(lines()).toEqual(['domain: socket list: add link.example']);
    errors.clear();
    expect(errors.outcome({ code: 415 })).toEqual({ code: 415 });
  });

  it('ignore sockets of others, other ends and other events', () => {
    const { errors, lines, socket } = setUp();
    socket('room:1#1').closed(1006, REFUSED);
    socket('im#1').closed(1006, 'gone');
    const quiet = socket('im#1');
    quiet.opened();
    quiet.closed();
    expect(errors.outcome(undefined)).toBeUndefined();
    expect(lines()).toEqual([]);
  });

  it('record a refused LBS, and end with a refused handshake', () => {
    const { errors, heard, lines, refuse } = setUp();
    expect(heard).toEqual(['requestRefused']);
    refuse('https://lbs.example/lbs');
    expect(errors.outcome(undefined)).toBeUndefined();
    refuse('https://link.example/socket.io/1/');
    expect(errors.outcome(undefined)).toEqual({
      code: 600002,
      desc: 'request list: add https://link.example/socket.io/1/',
    });
    expect(lines()).toHaveLength(2);
  });

  it('keep the newest error until the next attempt, and write each into the journal', () => {
    const { errors, lines } = setUp();
    errors.record({ code: 415 });
    errors.record({ code: 192001, desc: 'closed' });
    expect(errors.last).toEqual({ code: 192001, desc: 'closed' });
    expect(lines()).toEqual(['link: 415', 'link: 192001 closed']);
    errors.clear();
    expect(errors.last).toBeUndefined();
  });

  it('hear nothing after the stop', () => {
    const { errors, lines, refuse, socket } = setUp();
    errors.stop();
    refuse('https://lbs.example/lbs');
    socket('im#1').closed(1006, REFUSED);
    expect(lines()).toEqual([]);
  });
});
