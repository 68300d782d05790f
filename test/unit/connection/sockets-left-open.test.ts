import { as, createRig, fate } from '../fakes/rig';

/** The SDK was logged in by the server, failed by itself afterwards, and left its socket open. */
describe.each(['openAndFailed', 'openAndForgotten'] as const)(
  'an attempt that ends %s',
  (outcome) => {
    it('leaves no socket on the first login, and the next attempt is online', async () => {
      const rig = createRig();
      rig.server.script = [outcome];
      const login = fate(rig.manager.login(as('u1')));
      await rig.clock.advance(40);
      expect(rig.manager.state).toMatchObject({ name: 'waiting', reason: 190001 });
      await rig.clock.advance(300);
      expect(rig.gate.counts()).toMatchObject({ live: 0, held: 0 });
      await rig.clock.advance(2000);
      expect(login.status).toBe('resolved');
      expect(rig.host.maxLive).toBe(1);
    });

    it('leaves no socket on a reconnect', async () => {
      const rig = createRig();
      void rig.manager.login(as('u1'));
      await rig.clock.advance(1000);
      rig.server.script = [outcome];
      rig.nim().cut();
      await rig.clock.advance(700);
      expect(rig.manager.state).toMatchObject({ name: 'waiting', attempt: 2 });
      await rig.clock.advance(300);
      expect(rig.gate.counts().live).toBe(0);
      await rig.clock.advance(3000);
      expect(rig.manager.state.name).toBe('online');
      expect(rig.host.maxLive).toBe(1);
    });

    it('leaves no socket when the user gives up, and another sign-in is online', async () => {
      const rig = createRig();
      rig.server.otherwise = outcome;
      void rig.manager.login(as('u1')).catch(() => undefined);
      await rig.clock.advance(30);
      const logout = fate(rig.manager.logout());
      await rig.clock.advance(400);
      expect(logout.status).toBe('resolved');
      expect(rig.gate.counts().live).toBe(0);
      rig.server.otherwise = 'ok';
      const again = fate(rig.manager.login(as('u1')));
      await rig.clock.advance(100);
      expect(again.status).toBe('resolved');
    });
  },
);

it('an SDK whose logout and destroy never settle holds a sign-out up 3 s, and its socket is closed', async () => {
  const rig = createRig();
  void rig.manager.login(as('u1'));
  await rig.clock.advance(1000);
  rig.server.farewellHangs = true;
  const logout = fate(rig.manager.logout());
  await rig.clock.advance(3000 + 299);
  expect(logout.status).toBe('pending');
  await rig.clock.advance(1);
  expect(logout.status).toBe('resolved');
  expect(rig.gate.counts().live).toBe(0);
});

it('an SDK whose logout never settles does not hold up the next attempt for good', async () => {
  const rig = createRig();
  rig.server.script = ['refuseSocket'];
  rig.server.farewellHangs = true;
  const login = fate(rig.manager.login(as('u1')));
  await rig.clock.advance(6000);
  expect(login.status).toBe('resolved');
});

describe('sockets that the host drops without onClose', () => {
  it('do not use up the places: online at each of four returns, never a third socket counted', async () => {
    const rig = createRig({ sockets: { closeMs: Number.POSITIVE_INFINITY, openMs: 10 } });
    void rig.manager.login(as('u1'));
    await rig.clock.advance(1000);
    for (let times = 0; times < 4; times++) {
      rig.hide();
      await rig.clock.advance(60_000);
      rig.server.alive = false;
      rig.show();
      await rig.clock.advance(2000);
      rig.server.alive = true;
      await rig.clock.advance(15_000);
      expect(rig.manager.state.name).toBe('online');
      expect(rig.server.attempts).toHaveLength(2 + times);
      expect(rig.gate.counts().byHost['link.example']).toBeLessThanOrEqual(2);
    }
  });

  it.each([
    'closeSocket:fail task not found',
    'closeSocket:fail:taskID not exist',
    'closeSocket:fail WebSocket is not connected',
  ])('are gone at once when close says "%s"', async (errMsg) => {
    const rig = createRig();
    void rig.manager.login(as('u1'));
    await rig.clock.advance(1000);
    rig.host.dropSilently(errMsg);
    rig.nim().dropLink();
    expect(rig.gate.counts().live).toBe(0);
    await rig.clock.advance(700);
    expect(rig.manager.state.name).toBe('online');
  });
});
