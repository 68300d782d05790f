import { ConnectionError } from '@/connection';
import { createRig, fate } from '../fakes/rig';

const REFUSED = { code: 302 } as const;

/** A login whose token the app server has replaced meanwhile. */
function create(renew: () => Promise<string> = () => Promise.resolve('new')) {
  const rig = createRig();
  let asked = 0;
  const login = fate(
    rig.manager.login({
      accountId: 'u1',
      authType: 'static',
      token: 'old',
      renewToken: () => {
        asked++;
        return renew();
      },
    }),
  );
  return {
    ...rig,
    login,
    asked: () => asked,
    tokens: () => rig.server.attempts.map(({ token }) => token),
  };
}

async function online(renew?: () => Promise<string>) {
  const stage = create(renew);
  await stage.clock.advance(100);
  expect(stage.manager.state.name).toBe('online');
  stage.states.length = 0;
  return stage;
}

describe('a static token that the server refuses', () => {
  test('at the sign-in: the manager asks for another token once and continues the sign-in', async () => {
    const stage = create();
    stage.server.script = [REFUSED];
    await stage.clock.advance(500);
    expect(stage.login.status).toBe('resolved');
    expect(stage.tokens()).toEqual(['old', 'new']);
    expect(stage.asked()).toBe(1);
    expect(stage.manager.connection?.credentials).toMatchObject({ token: 'new' });
  });

  test('on a reconnect: the manager is online again on the same connection, without a final state', async () => {
    const stage = await online();
    const { connection } = stage.manager;
    stage.server.script = [REFUSED];
    stage.nim().cut();
    await stage.clock.advance(5000);
    expect(stage.manager.state.name).toBe('online');
    expect(stage.manager.connection).toBe(connection);
    expect(stage.tokens()).toEqual(['old', 'old', 'new']);
    expect(stage.states).not.toContain('refused');
    expect(stage.host.maxLive).toBe(1);
    stage.nim().cut();
    await stage.clock.advance(5000);
    expect(stage.tokens()).toEqual(['old', 'old', 'new', 'new']);
    expect(stage.asked()).toBe(1);
  });

  test('that was accepted is renewed again, although the sync after it has not ended', async () => {
    let number = 0;
    const stage = await online(() => Promise.resolve(`new-${++number}`));
    stage.server.script = [REFUSED];
    stage.server.syncs = ['never'];
    stage.nim().cut();
    await stage.clock.advance(5000);
    expect(stage.manager.state.name).toBe('syncing');
    stage.server.script = [REFUSED];
    stage.nim().cut();
    await stage.clock.advance(10_000);
    expect(stage.tokens()).toEqual(['old', 'old', 'new-1', 'new-1', 'new-2']);
    expect(stage.manager.state.name).toBe('online');
  });

  test('after refused reconnects: the steps that the SDK has kept do not end the new login', async () => {
    const stage = await online();
    stage.server.script = ['refuseSocket', 'refuseSocket', REFUSED];
    stage.nim().cut();
    await stage.clock.advance(60_000);
    expect(stage.tokens()).toEqual(['old', 'old', 'old', 'old', 'new']);
    expect(stage.manager.state.name).toBe('online');
    expect(stage.states).not.toContain('lost');
    expect(stage.host.maxLive).toBe(1);
  });

  test.each(['sign-in', 'reconnect'])('a second time (%s): the login ends', async (when) => {
    const stage = when === 'sign-in' ? create() : await online();
    stage.server.script = [REFUSED, REFUSED];
    if (when === 'reconnect') stage.nim().cut();
    await stage.clock.advance(60_000);
    expect(stage.manager.state).toMatchObject({ name: 'refused', code: 302 });
    expect(stage.asked()).toBe(1);
    expect(stage.gate.counts().live).toBe(0);
    if (when === 'sign-in') expect(stage.login).toMatchObject({ status: 'rejected', code: 302 });
  });

  test('after it was online with the new token: the manager asks for another token', async () => {
    let number = 0;
    const stage = await online(() => Promise.resolve(`new-${++number}`));
    for (let i = 0; i < 2; i++) {
      stage.server.script = [REFUSED];
      stage.nim().cut();
      await stage.clock.advance(5000);
      expect(stage.manager.state.name).toBe('online');
    }
    expect(stage.tokens()).toEqual(['old', 'old', 'new-1', 'new-1', 'new-2']);
  });

  test('the manager asks an unreachable app server again; its final refusal ends the login', async () => {
    const answers = [600104, 600104, 600107];
    const stage = await online(() =>
      Promise.reject(new ConnectionError(answers.shift() ?? 600107)),
    );
    stage.server.script = [REFUSED];
    stage.nim().cut();
    await stage.clock.advance(60_000);
    expect(stage.manager.state).toMatchObject({ name: 'refused', code: 600107 });
    expect(stage.asked()).toBe(3);
  });

  test('sign-out does not wait for the new token', async () => {
    const stage = await online(() => new Promise(() => undefined));
    stage.server.script = [REFUSED];
    stage.nim().cut();
    await stage.clock.advance(3000);
    expect(stage.asked()).toBe(1);
    const done = fate(stage.manager.logout());
    await stage.clock.advance(3000);
    expect(done.status).toBe('resolved');
    expect(stage.manager.state.name).toBe('loggedOut');
    await stage.clock.advance(60_000);
    expect(stage.tokens()).toEqual(['old', 'old']);
  });

  test.each([422, 417, 102404])('another final code (%i) asks for no token', async (code) => {
    const stage = await online();
    stage.server.script = [{ code }];
    stage.nim().cut();
    await stage.clock.advance(5000);
    expect(stage.manager.state).toMatchObject({ name: 'refused', code });
    expect(stage.asked()).toBe(0);
  });
});
