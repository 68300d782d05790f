import { as, createRig, fate } from '../fakes/rig';

/** The server accepted the login, then the SDK failed by itself and left its socket open. */
describe.each(['openAndFailed', 'openAndForgotten'] as const)(
  'an attempt that ends with %s',
  (outcome) => {
    it('leaves no socket on the first login, and the next attempt goes online', async () => {
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

    it('leaves no socket when the user cancels, and another sign-in goes online', async () => {
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

it('a sign-out waits 3 s for an SDK whose logout and destroy never settle, then closes its socket', async () => {
  const rig = createRig();
  void rig.manager.login(as('u1'));
  await rig.clock.advance(1000);
  rig.server.logoutHangs = true;
  const logout = fate(rig.manager.logout());
  await rig.clock.advance(3000 + 299);
  expect(logout.status).toBe('pending');
  await rig.clock.advance(1);
  expect(logout.status).toBe('resolved');
  expect(rig.gate.counts().live).toBe(0);
});

it("the next attempt starts although the SDK's logout never settles", async () => {
  const rig = createRig();
  rig.server.script = ['refuseSocket'];
  rig.server.logoutHangs = true;
  const login = fate(rig.manager.login(as('u1')));
  await rig.clock.advance(6000);
  expect(login.status).toBe('resolved');
});

describe('sockets that the host drops without onClose', () => {
  it('free their places: the login is online after each of four returns with at most two sockets counted', async () => {
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
  ])('free their places at once when close fails with "%s"', async (errMsg) => {
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
