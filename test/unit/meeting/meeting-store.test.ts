import { as, TEST_ENV } from '../fakes/rig';
import { createStage, FakeKit } from './stage';

async function signedIn(kit = new FakeKit()) {
  const stage = createStage(kit);
  const meeting = stage.plugIn();
  await stage.signInToIm('anna');
  await stage.during(meeting.signIn());
  expect(meeting.error).toBeNull();
  expect(meeting.status).toBe('signedIn');
  return { ...stage, kit, meeting };
}

describe('without a kit', () => {
  test('every call fails because no kit is plugged in', async () => {
    const meeting = createStage(null).plugIn();
    expect(meeting.status).toBe('noKit');
    await meeting.signIn();
    expect(meeting.error).toMatchObject({ code: 600112, step: 'plugIn' });
    await meeting.joinAnonymously();
    expect(meeting.error).toMatchObject({ code: 600112, step: 'plugIn' });
    meeting.dismissError();
    expect(meeting.error).toBeNull();
  });
});

describe('the order of the steps', () => {
  test('reuseIM runs at plug-in, initialize and login once IM is online', async () => {
    const kit = new FakeKit();
    const stage = createStage(kit);
    const meeting = stage.plugIn();
    expect(kit.calls).toEqual(['reuseIM']);
    await stage.signInToIm('anna');
    expect(kit.calls).toEqual(['reuseIM']);
    await stage.during(meeting.signIn());
    expect(kit.calls).toEqual(['reuseIM', 'initialize', 'login']);
    expect(kit.logins).toEqual([{ way: 'token', userUuid: 'room-of-anna', userToken: 't' }]);
  });

  test('initialize runs once for each IM login, however often the kit signs in', async () => {
    const { kit, meeting, during } = await signedIn();
    await during(meeting.signOut());
    await during(meeting.signIn());
    expect(kit.calls).toEqual(['reuseIM', 'initialize', 'login', 'logout', 'login']);
  });

  test('a switch runs logout, then reuseIM, initialize and login for the next account', async () => {
    const { kit, meeting, session, during } = await signedIn();
    kit.calls.length = 0;
    await during(session.switchAccount({ way: 'static', accountId: 'ben', token: 't' }), 5000);
    expect(kit.calls).toEqual(['logout', 'reuseIM', 'initialize', 'login']);
    expect(kit.logins[1]).toMatchObject({ userUuid: 'room-of-ben' });
    expect(meeting.status).toBe('signedIn');
  });

  test('a switch while the kit is signed out does not sign the kit in', async () => {
    const { kit, meeting, session, during } = await signedIn();
    await during(meeting.signOut());
    kit.calls.length = 0;
    await during(session.switchAccount({ way: 'static', accountId: 'ben', token: 't' }), 5000);
    expect(kit.calls).toEqual(['reuseIM']);
    expect(meeting.status).toBe('signedOut');
  });

  test('the kit stays signed out after a sign-out until the app asks', async () => {
    const { kit, meeting, session, during, signInToIm } = await signedIn();
    await during(session.signOut());
    expect(kit.calls.slice(-2)).toEqual(['logout', 'reuseIM']);
    await signInToIm('anna');
    expect(meeting.status).toBe('signedOut');
    expect(kit.calls.filter((call) => call === 'login')).toHaveLength(1);
  });

  test('a switch that fails does not sign the kit in later', async () => {
    const { meeting, session, server, during, signInToIm } = await signedIn();
    server.script = [{ code: 302 }];
    await during(session.switchAccount({ way: 'static', accountId: 'ben', token: 'wrong' }), 5000);
    expect(session.status).toBe('signedOut');
    await signInToIm('chen');
    expect(meeting.status).toBe('signedOut');
  });

  test.each([
    ['with reuseIM', true, ['reuseIM', 'initialize', 'login']],
    ['without reuseIM', false, ['initialize', 'login']],
  ])('a kit %s works at once when it is plugged in after the IM login', async (_, wraps, calls) => {
    const kit = new FakeKit({ wraps });
    const stage = createStage(kit);
    await stage.signInToIm('anna');
    const meeting = stage.plugIn();
    expect(meeting.status).toBe('signedOut');
    await stage.during(meeting.signIn());
    expect(meeting.status).toBe('signedIn');
    expect(kit.calls).toEqual(calls);
    expect(kit.setups[0]?.im.options.account).toBe('anna');
  });

  test('each IM login gets its own instance, and the old instance is released', async () => {
    const { kit, meeting, session, during } = await signedIn();
    await during(session.switchAccount({ way: 'static', accountId: 'ben', token: 't' }), 5000);
    expect(meeting.status).toBe('signedIn');
    expect([kit.created, kit.ended]).toEqual([2, 1]);
    expect(kit.setups.map(({ im }) => im.options.account)).toEqual(['anna', 'ben']);
  });

  test('the kit uses the app key of IM', async () => {
    const { kit } = await signedIn();
    expect(kit.setups.map(({ appKey }) => appKey)).toEqual([TEST_ENV.appkey]);
  });

  test.each(['never', new Error('room joined')])(
    'an instance that cannot be released (%s) does not stop the next instance from working',
    async (failure) => {
      const { kit, meeting, session, during } = await signedIn();
      kit.failures.set('end', failure);
      await during(session.switchAccount({ way: 'static', accountId: 'ben', token: 't' }), 9000);
      expect(meeting.status).toBe('signedIn');
    },
  );

  test('a connecting IM does not count as online', async () => {
    const stage = createStage();
    const meeting = stage.plugIn();
    stage.server.otherwise = 'silent';
    void stage.session.signIn({ way: 'static', accountId: 'anna', token: 't' });
    await stage.clock.advance(100);
    await meeting.signIn();
    expect(meeting.error).toMatchObject({ code: 100004, step: 'imLogin' });
  });
});

describe('a kit that fails', () => {
  test.each([
    ['initialize', { code: 414, msg: 'appKey' }, 414, 'initialize', 'appKey'],
    ['login', { code: 100005, message: 'other account' }, 100005, 'kitLogin', 'other account'],
    ['login', { code: '100004' }, 100004, 'kitLogin', 'signed in'],
    ['login', 100005, 100005, 'kitLogin', 'other'],
    ['login', '402', 402, 'kitLogin', 'kitLogin'],
    ['login', 1026, 1026, 'kitLogin', 'kitLogin'],
    ['login', 'broken', 190001, 'kitLogin', 'broken'],
    ['login', new Error('broken'), 190001, 'kitLogin', 'broken'],
    ['login', { code: -1, message: 'failure' }, 190001, 'kitLogin', 'failure'],
    ['login', undefined as unknown, 190001, 'kitLogin', 'kitLogin'],
  ])('in %s with %j: code %i at %s', async (call, failure, code, step, text) => {
    const kit = new FakeKit();
    kit.failures.set(call, failure ?? null);
    if (failure === undefined) kit.login = () => Promise.reject(undefined);
    const stage = createStage(kit);
    const meeting = stage.plugIn();
    await stage.signInToIm('anna');
    await stage.during(meeting.signIn());
    expect(meeting.error).toMatchObject({ code, step });
    expect(meeting.error?.message).toContain(text);
    expect(meeting.status).toBe('signedOut');
    expect(stage.manager.state.name).toBe('online');
  });

  test('a login without an answer fails with 191005 after 30 s', async () => {
    const kit = new FakeKit();
    kit.failures.set('login', 'never');
    const stage = createStage(kit);
    const meeting = stage.plugIn();
    await stage.signInToIm('anna');
    const wish = meeting.signIn();
    await stage.clock.advance(29_000);
    expect(meeting.status).toBe('signingIn');
    await stage.during(wish, 2000);
    expect(meeting.error).toMatchObject({ code: 191005, step: 'kitLogin' });
  });

  test.each(['never', new Error('no')])(
    'a logout that fails (%s) does not keep the user signed in to IM',
    async (failure) => {
      const { kit, meeting, session, manager, journal, during } = await signedIn();
      kit.failures.set('logout', failure);
      await during(session.signOut(), 4000);
      expect(session.status).toBe('signedOut');
      expect(manager.connection).toBeNull();
      expect(meeting.status).toBe('imOffline');
      expect(
        journal
          .entries()
          .map(({ text }) => text)
          .join(),
      ).toContain('kitLogout');
    },
  );

  test('an app server without an answer is the error of the kit’s login', async () => {
    const stage = createStage();
    const meeting = stage.plugIn();
    await stage.signInToIm('anna');
    stage.platform.request = () => Promise.reject(new Error('down'));
    await stage.during(meeting.signIn());
    expect(meeting.error).toMatchObject({ code: 600104, step: 'kitLogin' });
  });
});

describe('a room account of another IM account', () => {
  test("is refused before the kit's login when the app server reports its IM account", async () => {
    const stage = createStage();
    const meeting = stage.plugIn();
    await stage.signInToIm('anna');
    const account = { userUuid: 'u', userToken: 't', imAccid: 'ben' };
    await stage.during(meeting.signIn({ way: 'token', ...account }));
    expect(meeting.error).toMatchObject({ code: 100005, step: 'kitLogin' });
    expect(stage.kit?.calls).toEqual(['reuseIM']);
  });

  test('is signed out again when only the kit reports its IM account', async () => {
    const kit = new FakeKit();
    kit.account = 'ben';
    const stage = createStage(kit);
    const meeting = stage.plugIn();
    await stage.signInToIm('anna');
    await stage.during(meeting.signIn());
    expect(meeting.error).toMatchObject({ code: 100005, step: 'kitLogin' });
    expect(meeting.status).toBe('signedOut');
    expect(kit.calls).toEqual(['reuseIM', 'initialize', 'login', 'logout']);
  });
});

describe('while the kit is signed in', () => {
  test('a lost link does not change the kit', async () => {
    const { kit, meeting, nim, clock } = await signedIn();
    nim().cut();
    await clock.advance(5000);
    expect(meeting.status).toBe('signedIn');
    expect(kit.calls).toEqual(['reuseIM', 'initialize', 'login']);
  });

  test('a kick signs the kit out, and the kit does not return by itself', async () => {
    const { kit, meeting, nim, clock, session, during } = await signedIn();
    nim().kick();
    await clock.advance(1000);
    expect(session.status).toBe('signedOut');
    expect(meeting.status).toBe('imOffline');
    expect(kit.calls.slice(-2).sort()).toEqual(['logout', 'reuseIM']);
    await during(session.signInAgain());
    expect(meeting.status).toBe('signedOut');
  });

  test("a switch removes the kit's listeners from the old login", async () => {
    const { kit, services, session, during } = await signedIn();
    const heard = jest.fn();
    kit.setups[0]?.im.V2NIMMessageService.on('onReceiveMessages', heard);
    services.message.emit('onReceiveMessages', []);
    expect(heard).toHaveBeenCalledTimes(1);
    await during(session.switchAccount({ way: 'static', accountId: 'ben', token: 't' }), 5000);
    services.message.emit('onReceiveMessages', []);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(kit.setups[1]?.im.options.account).toBe('ben');
  });

  test('an anonymous join is refused without a call of the kit', async () => {
    const { kit, meeting } = await signedIn();
    await meeting.joinAnonymously();
    expect(meeting.error).toMatchObject({ code: 112001, step: 'join' });
    expect(kit.calls).toEqual(['reuseIM', 'initialize', 'login']);
  });

  test('a sign-out during the login signs the kit out once more after the login', async () => {
    const kit = new FakeKit();
    const stage = createStage(kit);
    const meeting = stage.plugIn();
    await stage.signInToIm('anna');
    let finish: () => void = () => undefined;
    kit.login = () => {
      kit.calls.push('login');
      return new Promise((resolve) => (finish = resolve));
    };
    const wish = meeting.signIn();
    await stage.settle();
    await stage.during(meeting.signOut());
    expect(meeting.status).toBe('signedOut');
    finish();
    await stage.during(wish);
    expect(kit.calls).toEqual(['reuseIM', 'initialize', 'login', 'logout', 'logout']);
    expect(meeting.status).toBe('signedOut');
  });

  test('dispose releases the manager and the gate', async () => {
    const { kit, meeting, manager, gate, clock } = await signedIn();
    meeting.dispose();
    kit.calls.length = 0;
    const wish = manager.login(as('ben'));
    await clock.advance(3000);
    await wish;
    expect(kit.calls).toEqual([]);
    expect(gate.counts().live).toBe(1);
  });
});
