import { ConnectionError } from '@/connection';
import type { RoomSignIn } from '@/packages/chatroom/connection/room-sign-in';
import { unsentRoomEntry } from '@/packages/chatroom/stores/room-entry';
import type { RoomMessage } from '@/packages/chatroom/sdk-types';
import { settle } from '../fakes/fake-clock';
import { fate } from '../fakes/rig';
import { ME, ROOM, roomOutbox, said, Visit } from './fakes/fake-room';

type Answer = () => Promise<string>;
const never: Answer = () => new Promise(() => undefined);
const token: Answer = () => Promise.resolve('token');

/** A visit whose providers give these answers in turn, then tokens. */
function visitWith(way: 'dynamic' | 'thirdParty', answers: Answer[]) {
  let asked = 0;
  const provider = () => {
    asked++;
    return (answers.shift() ?? token)();
  };
  const signIn: RoomSignIn =
    way === 'dynamic'
      ? { way, accountId: ME, tokenProvider: provider }
      : { way, accountId: ME, loginExtensionProvider: provider };
  const visit = new Visit({ signIn });
  return { visit, answers, asked: () => asked };
}

describe.each(['dynamic', 'thirdParty'] as const)('a provider (%s)', (way) => {
  it.each([
    ['rejects with a final code', () => Promise.reject(new ConnectionError(102404)), 102404],
    ['answers an empty text', () => Promise.resolve(''), 600106],
    ['throws', () => Promise.reject(new Error('oops')), 191003],
  ] as const)('that %s ends the entry at once with its own code', async (_how, answer, code) => {
    const { visit, asked } = visitWith(way, [answer]);
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(0);
    expect([entering.code, asked()]).toEqual([code, 1]);
    expect(visit.connection.state).toMatchObject({ cause: { kind: 'refused', code } });
    expect(visit.clock.pending).toBe(0);
  });

  it('that fails temporarily is asked again', async () => {
    const { visit } = visitWith(way, [() => Promise.reject(new ConnectionError(600104))]);
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(2000);
    expect(entering.status).toBe('resolved');
  });

  it('that throws on a reconnect is asked again', async () => {
    const { visit, answers } = visitWith(way, []);
    await visit.enter();
    answers.push(() => Promise.reject(new Error('oops')));
    await visit.loseLink();
    await visit.clock.advance(3000);
    expect(visit.connection.state.name).toBe('inside');
  });

  it('that rejects with a final code on a reconnect ends the visit', async () => {
    const { visit, answers } = visitWith(way, []);
    await visit.enter();
    answers.push(() => Promise.reject(new ConnectionError(102404)));
    await visit.loseLink();
    await visit.clock.advance(500);
    expect(visit.connection.state).toMatchObject({ cause: { kind: 'refused', code: 102404 } });
  });

  it('that never answers on a reconnect is asked again after ten seconds', async () => {
    const { visit, answers, asked } = visitWith(way, []);
    await visit.enter();
    answers.push(never);
    await visit.loseLink();
    await visit.clock.advance(10_400);
    expect(asked()).toBe(2);
    await visit.clock.advance(2000);
    expect([visit.connection.state.name, asked()]).toEqual(['inside', 3]);
  });

  it('that is late is asked again at once on a tap', async () => {
    const { visit, answers, asked } = visitWith(way, []);
    await visit.enter();
    answers.push(never);
    await visit.loseLink();
    await visit.clock.advance(600);
    visit.connection.retryNow();
    await visit.clock.advance(0);
    expect(asked()).toBe(2);
    await visit.clock.advance(3000);
    visit.connection.retryNow();
    await visit.clock.advance(0);
    expect([visit.connection.state.name, asked()]).toEqual(['inside', 3]);
  });

  it('that never answers does not delay leaving', async () => {
    const { visit } = visitWith(way, [never]);
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(0);
    const leaving = fate(visit.connection.leave());
    await visit.clock.advance(0);
    expect([entering.code, leaving.status]).toEqual([191002, 'resolved']);
    expect(visit.clock.pending).toBe(0);
  });
});

describe('the app server', () => {
  it('is asked again when it does not answer a request for addresses', async () => {
    let asked = 0;
    const visit = new Visit({
      appServer: () =>
        ++asked === 1 ? new Promise(() => undefined) : Promise.resolve(['link.example']),
    });
    const entering = fate(visit.connection.enter());
    await visit.clock.advance(10_000);
    expect(entering.status).toBe('pending');
    await visit.clock.advance(1000);
    expect([entering.status, asked]).toEqual(['resolved', 2]);
  });
});

describe('the SDK', () => {
  it('does not delay leaving when it never ends its instance', async () => {
    const visit = new Visit();
    await visit.enter();
    visit.port.destroy = () => new Promise(() => undefined);
    const leaving = fate(visit.connection.leave());
    await visit.clock.advance(5000);
    expect(leaving.status).toBe('resolved');
  });

  it('is not waited for when it neither answers nor fails', async () => {
    const visit = new Visit();
    await visit.enter();
    visit.answers.set('getMemberByIds', () => new Promise(() => undefined));
    const ask = () => fate(visit.connection.call(({ room }) => room.getMemberByIds(['anna'])));
    const unanswered = ask();
    await visit.clock.advance(20_000);
    expect(unanswered.code).toBe(192004);
    await visit.clock.advance(3000);
    expect(visit.connection.state.name).toBe('inside');
    const cut = ask();
    await visit.loseLink();
    expect(cut.code).toBe(192003);
  });
});

describe('the probe of a link', () => {
  it.each([
    ['is slow', (visit: Visit) => later(visit, 1200), 1],
    ['refuses the probe', () => Promise.reject({ code: 416 }), 1],
    ['does not answer', () => new Promise(() => undefined), 2],
  ] as const)('that %s', async (_how, answer, instances) => {
    const visit = new Visit();
    await visit.enter();
    visit.answers.set('getMemberByIds', () => answer(visit));
    for (let times = 0; times < 3 && visit.ports.length === 1; times++) {
      visit.setNetwork(true);
      await visit.clock.advance(3000);
    }
    expect([visit.connection.state.name, visit.ports.length]).toEqual(['inside', instances]);
  });
});

function later(visit: Visit, ms: number): Promise<unknown> {
  return new Promise((resolve) => visit.clock.setTimeout(() => resolve([]), ms));
}

describe('a request without an answer', () => {
  /** A visit whose first link carries no data after it is dead. */
  async function deadLink() {
    const visit = new Visit();
    let dead = 0;
    const isDead = () => visit.ports.length === dead;
    const unanswered = <T>(answer: () => T) =>
      isDead() ? Promise.reject({ code: 192004 }) : answer();
    visit.answers.set('sendMessage', (message: RoomMessage) =>
      unanswered(() => ({ message: { ...message, createTime: visit.serverTime } })),
    );
    visit.answers.set('getMemberByIds', () =>
      isDead() ? new Promise(() => undefined) : Promise.resolve([]),
    );
    await visit.enter();
    const outbox = roomOutbox(visit);
    const send = (text: string) => outbox.send(ROOM, unsentRoomEntry(said(text, { senderId: ME })));
    return {
      visit,
      send,
      die: () => (dead = visit.ports.length),
    };
  }

  it('leads to a single probe and a new link, and the text is sent once', async () => {
    const { visit, send, die } = await deadLink();
    die();
    const entries = [send('a'), send('b')];
    await settle();
    expect(entries.map(({ errorCode }) => errorCode)).toEqual([192004, 192004]);
    expect(visit.callsOf('getMemberByIds')).toBe(1);
    await visit.clock.advance(3000);
    expect(visit.ports).toHaveLength(2);
    expect(entries.map(({ status }) => status)).toEqual(['sent', 'sent']);
    expect(visit.callsOf('sendMessage')).toBe(4);
  });

  it('does not change a living link', async () => {
    const { visit, send } = await deadLink();
    visit.answers.set('sendMessage', () => Promise.reject({ code: 192004 }));
    const entry = send('a');
    await visit.clock.advance(5000);
    expect(visit.callsOf('getMemberByIds')).toBe(1);
    expect([visit.connection.state.name, entry.status]).toEqual(['inside', 'failed']);
  });
});
