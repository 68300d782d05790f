import { ConnectionError, type Credentials } from '@/connection';
import { AttemptRun } from '@/connection/attempt-run';
import { checkCredentials, prepareAttempt, sameLogin } from '@/connection/credentials';
import { CurrentCredentials } from '@/connection/current-credentials';
import { FakeClock } from '../fakes/fake-clock';
import { as, fate } from '../fakes/rig';

const ask = () => Promise.resolve('fresh');
const dynamic: Credentials = { accountId: 'u1', authType: 'dynamic', tokenProvider: ask };
const third: Credentials = { accountId: 'u1', authType: 'thirdParty', loginExtensionProvider: ask };

describe('credentials', () => {
  const attemptOf = (credentials: Credentials, isRefused = false) =>
    prepareAttempt(credentials, new FakeClock(), () => () => undefined, isRefused);

  it('need an account, and a static login needs a token', () => {
    const refusal = (credentials: Credentials) => {
      try {
        checkCredentials(credentials);
        return undefined;
      } catch (error) {
        return error instanceof ConnectionError ? `${error.code} ${error.detail}` : error;
      }
    };
    expect(refusal({ ...as('u1'), accountId: ' ' })).toBe('191004 accountId is empty');
    expect(refusal({ ...as('u1'), token: '' })).toBe('191004 token is empty');
    expect([as('u1'), dynamic, third].map(refusal)).toEqual([undefined, undefined, undefined]);
  });

  it('become an attempt of 30 s in the form that the SDK wants', async () => {
    const base = { accountId: 'u1', timeoutMs: 30_000 };
    expect(await attemptOf(as('u1'))).toEqual({ ...base, authType: 0, token: 'token-of-u1' });
    expect(await attemptOf(as('u1'), true)).toEqual({ ...base, authType: 0, token: 'token-of-u1' });
    const renewable = { ...as('u1'), renewToken: ask };
    expect((await attemptOf(renewable)).token).toBe('token-of-u1');
    expect((await attemptOf(renewable, true)).token).toBe('fresh');
    expect(await attemptOf(dynamic)).toEqual({ ...base, authType: 1, token: 'fresh' });
    expect(await attemptOf(third)).toEqual({
      ...base,
      authType: 2,
      token: '',
      loginExtension: 'fresh',
    });
    expect((await attemptOf({ ...third, token: 't' })).token).toBe('t');
  });

  it('name the provider that gave no text, no answer or an error', async () => {
    const detailOf = (provider: () => Promise<string>) =>
      attemptOf({ ...dynamic, tokenProvider: provider }).then(
        () => undefined,
        ({ code, detail }: ConnectionError) => `${code} ${detail}`,
      );
    expect(await detailOf(() => Promise.resolve('  '))).toBe('600106 tokenProvider gave no text');
    expect(await detailOf(() => Promise.resolve(7 as never))).toBe(
      '600106 tokenProvider gave no text',
    );
    const cause = new Error('no network');
    expect(await detailOf(() => Promise.reject(cause))).toBe('191003 no network');
    expect(await detailOf(() => Promise.reject('text' as never))).toBe('191003 undefined');
    await expect(
      attemptOf({ ...third, loginExtensionProvider: () => Promise.reject(cause) }),
    ).rejects.toMatchObject({ cause });
    const clock = new FakeClock();
    const silent = { ...as('u1'), renewToken: () => new Promise<string>(() => undefined) };
    const late = prepareAttempt(silent, clock, () => () => undefined, true).catch(
      ({ detail }: ConnectionError) => detail,
    );
    await clock.advance(10_000);
    expect(await late).toBe('renewToken gave no answer within 10000 ms');
  });

  it('are the same login for the same account and way, and for a static login the same token', () => {
    expect(sameLogin(as('u1'), as('u1'))).toBe(true);
    expect(sameLogin(as('u1'), as('u2'))).toBe(false);
    expect(sameLogin(as('u1'), { ...as('u1'), token: 'other' })).toBe(false);
    expect(sameLogin(as('u1'), dynamic)).toBe(false);
    expect(sameLogin(dynamic, as('u1'))).toBe(false);
    expect(sameLogin(dynamic, third)).toBe(false);
    expect(sameLogin(dynamic, { ...dynamic, tokenProvider: () => ask() })).toBe(true);
    expect(sameLogin(dynamic, { ...dynamic, accountId: 'u2' })).toBe(false);
  });

  it('of a login are renewed once until it is online again, for a refused token only', () => {
    const current = new CurrentCredentials({ ...as('u1'), renewToken: ask });
    current.use('ignored');
    expect(current.current).toMatchObject({ token: 'token-of-u1' });
    expect([403, 302].map((code) => current.renewAfter(code))).toEqual([false, true]);
    expect(current.isRefused).toBe(true);
    expect(current.renewAfter(302)).toBe(false);
    current.use('fresh');
    expect(current.current).toMatchObject({ token: 'fresh' });
    expect([current.isRefused, current.renewAfter(102302)]).toEqual([false, false]);
    current.accepted();
    expect(current.renewAfter(102302)).toBe(true);
    current.forget();
    expect(current.current).toEqual({ accountId: 'u1', authType: 'static', token: '' });
    for (const never of [as('u1'), dynamic, { ...dynamic, renewToken: ask }])
      expect(new CurrentCredentials(never).renewAfter(302)).toBe(false);
  });
});

describe('an attempt', () => {
  it('tells its handlers its end once, late ones at once, and none that has left', () => {
    const run = new AttemptRun(new FakeClock());
    const log: string[] = [];
    run.whenEnded(() => log.push('early'));
    run.whenEnded(() => log.push('left'))();
    expect(run.isEnded).toBe(false);
    run.end();
    run.end();
    run.whenEnded(() => log.push('late'));
    expect(log).toEqual(['early', 'late']);
    expect([run.isEnded, run.isReplaced]).toEqual([true, false]);
  });

  it('may be restarted while it asks, and after 3 s', async () => {
    const clock = new FakeClock();
    const run = new AttemptRun(clock);
    expect([run.isAsking, run.mayRestart]).toEqual([false, false]);
    const asked = fate(run.prepare(new CurrentCredentials(dynamic)));
    expect([run.isAsking, run.mayRestart]).toEqual([true, true]);
    await clock.advance(2999);
    expect(asked.status).toBe('resolved');
    expect([run.isAsking, run.mayRestart]).toEqual([false, false]);
    await clock.advance(1);
    expect(run.mayRestart).toBe(true);
  });

  it('stops asking when it ends, with 191002', async () => {
    const run = new AttemptRun(new FakeClock());
    const never: Credentials = { ...dynamic, tokenProvider: () => new Promise(() => undefined) };
    const asked = run.prepare(new CurrentCredentials(never));
    run.end();
    await expect(asked).rejects.toMatchObject({ code: 191002, detail: 'the attempt ended' });
    expect(run.isAsking).toBe(false);
  });
});
