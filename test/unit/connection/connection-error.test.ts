import { ConnectionError, Journal } from '@/connection';
import { allReasons, notAcceptedText, reasonOf, signedOutText } from '@/connection/reasons';
import { endOf, isFinal, kickedCode, StateMachine } from '@/connection/state-machine';
import { FakeClock } from '../fakes/fake-clock';

describe('a connection error', () => {
  it('has the cause and the remedy of its code, and the detail', () => {
    const error = new ConnectionError(500, 'twice');
    expect(error.message).toBe('500 Internal server error (twice). None; retried');
    expect(error.name).toBe('ConnectionError');
    expect(new ConnectionError(500).message).toBe('500 Internal server error. None; retried');
  });

  it('is made of any failure', () => {
    const own = new ConnectionError(302);
    expect(ConnectionError.from(own)).toBe(own);
    const sdk = { code: 415, desc: 'closed' };
    expect(ConnectionError.from(sdk)).toMatchObject({ code: 415, detail: 'closed', cause: sdk });
    expect(ConnectionError.from({ code: 415, desc: 7 })).toMatchObject({ code: 415 });
    expect(ConnectionError.from({ code: 415, desc: 7 }).detail).toBeUndefined();
    expect(ConnectionError.from({ code: 415 }).detail).toBeUndefined();
    const named = Object.assign(() => undefined, { code: 415 });
    for (const [given, detail] of [
      [new Error('broken'), 'broken'],
      ['text', 'text'],
      [null, 'null'],
      [undefined, 'undefined'],
      [{}, '[object Object]'],
      [{ code: '415' }, '[object Object]'],
      [named, String(named)],
    ] as const)
      expect(ConnectionError.from(given)).toMatchObject({ code: 190001, detail, cause: given });
  });

  it('becomes an error of the SDK', () => {
    expect(ConnectionError.toSdkError(new ConnectionError(302))).toEqual({ code: 302 });
    expect(ConnectionError.toSdkError('text')).toEqual({ code: 190001, desc: 'text' });
    expect(ConnectionError.cancelled('late')).toMatchObject({ code: 191002, detail: 'late' });
  });
});

describe('the reasons', () => {
  it('have a general row for an unknown code, which may be retried', () => {
    expect(reasonOf(999_999)).toEqual({
      code: 999_999,
      retry: true,
      text: { zh: expect.stringContaining('999999'), en: 'Something went wrong (999999)' },
      cause: 'Unknown code',
      fix: 'Look the code up in the Yunxin documents',
    });
    expect(allReasons().map(({ code }) => code)).toContain(302);
    expect(allReasons()).not.toContainEqual(reasonOf(999_999));
  });

  it('ask a user whose token ended to sign in again, and say so otherwise at a sign-in without a password', () => {
    for (const code of [302, 102302]) {
      expect(signedOutText(code).en).toBe('Your sign-in is no longer valid. Please sign in again');
      expect(notAcceptedText(code).en).toContain('was not accepted');
      expect(signedOutText(code).zh).toMatch(/\p{Script=Han}/u);
      expect(notAcceptedText(code).zh).toMatch(/\p{Script=Han}/u);
    }
    expect(signedOutText(422)).toEqual(reasonOf(422).text);
    expect(notAcceptedText(422)).toEqual(reasonOf(422).text);
  });
});

describe('the state machine', () => {
  it('refuses a change that is not allowed, with a line in the journal', () => {
    const journal = new Journal(new FakeClock());
    const machine = new StateMachine(journal);
    const changes: string[] = [];
    machine.on(({ to, reason }) => changes.push(`${to.name} ${reason}`));
    machine.enter({ name: 'online' }, 'too early');
    machine.enter({ name: 'connecting', attempt: 1 }, 'sign-in');
    expect(machine.current.name).toBe('connecting');
    expect(changes).toEqual(['connecting sign-in']);
    expect(journal.entries().map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'state: idle -> online is not allowed (too early)',
      'state: idle -> connecting: sign-in',
    ]);
  });

  it('reaches a state, or rejects with the code of the end', async () => {
    const machine = () => new StateMachine(new Journal(new FakeClock()));
    const online = machine();
    const reached = online.reach('connecting');
    online.enter({ name: 'connecting', attempt: 1 }, '');
    await reached;
    await online.reach('connecting');
    const lost = machine();
    const never = lost.reach('online');
    lost.enter({ name: 'connecting', attempt: 1 }, '');
    lost.enter({ name: 'lost', code: 192003 }, '');
    await expect(never).rejects.toMatchObject({ code: 192003 });
    await expect(lost.reach('online')).rejects.toMatchObject({ code: 192003 });
  });

  it('names the code of each end', () => {
    const kicked = (reason: number) =>
      endOf({ name: 'kicked', at: 0, detail: { reason } as never }).code;
    expect([1, 2, 3, 4].map(kicked)).toEqual([1, 2, 3, 4].map(kickedCode));
    expect(new Set([1, 2, 3].map(kicked)).size).toBe(3);
    expect(kicked(1)).toBe(kicked(4));
    expect(endOf({ name: 'refused', code: 302 }).code).toBe(302);
    expect(endOf({ name: 'lost', code: 192003 }).code).toBe(192003);
    expect(endOf({ name: 'loggedOut' })).toMatchObject({
      code: 191002,
      detail: 'the connection was closed',
    });
    expect(isFinal({ name: 'loggedOut' })).toBe(true);
    expect(isFinal({ name: 'online' })).toBe(false);
  });
});
