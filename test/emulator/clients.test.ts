import { ClientType, type MultiLoginPolicy } from '../../emulator';
import { errorOf, until, useStage } from './support/stage';

describe('several clients of one account', () => {
  const stage = useStage();

  const types = (): number[] => stage.emulator.clients.list('ann').map(({ type }) => type);

  test('each client sees the others sign in and out', async () => {
    const phone = await stage.online('ann', { login: { customTag: 'phone' } });
    const tablet = await stage.online('ann', { login: { customTag: 'tablet' } });
    await phone.waitFor('onLoginClientChanged', (change: number) => change === 2);
    const tags = (client: typeof phone): (string | undefined)[] =>
      client.nim.V2NIMLoginService.getLoginClients().map(({ customTag }) => customTag);
    expect(tags(phone)).toEqual(['phone', 'tablet']);
    expect(tags(tablet)).toEqual(['phone', 'tablet']);
    await tablet.dispose();
    await phone.waitFor('onLoginClientChanged', (change: number) => change === 3);
    expect(tags(phone)).toEqual(['phone']);
  });

  test('a client signs another out; the other learns the client and does not reconnect', async () => {
    const phone = await stage.online('ann');
    const tablet = await stage.online('ann');
    const other = phone.nim.V2NIMLoginService.getLoginClients().find(
      ({ clientId }) => clientId !== phone.nim.V2NIMLoginService.getCurrentLoginClient()?.clientId,
    );
    if (!other) throw new Error('the tablet is not listed');
    await phone.nim.V2NIMLoginService.kickOffline(other);
    const [detail] = await tablet.waitFor('onKickedOffline');
    expect(detail).toMatchObject({ reason: 3, clientType: ClientType.web });
    expect(stage.emulator.clients.list('ann')).toHaveLength(1);
    await until(() => stage.emulator.clients.openLinks().length === 1, 'the link has closed');
  });

  test('the server signs a client out', async () => {
    const ann = await stage.online('ann');
    expect(stage.emulator.clients.kick('ann', { description: 'maintenance' })).toBe(1);
    const [detail] = await ann.waitFor('onKickedOffline');
    expect(detail).toMatchObject({ reason: 2, reasonDesc: 'maintenance' });
  });

  describe('under the policy', () => {
    const use = (policy: MultiLoginPolicy): void => stage.emulator.world.setMultiLogin(policy);

    test('exclusive: the new client signs the old client out', async () => {
      use({ kind: 'exclusive' });
      const first = await stage.online('ann');
      await stage.online('ann');
      const [detail] = await first.waitFor('onKickedOffline');
      expect(detail).toMatchObject({ reason: 1 });
      expect(types()).toEqual([ClientType.web]);
    });

    test('exclusive: an automatic reconnect is refused with 417', async () => {
      use({ kind: 'exclusive' });
      const first = await stage.online('ann');
      first.nim.V2NIMLoginService.setReconnectDelayProvider(() => 0);
      stage.emulator.faults.cut({ accountId: 'ann' });
      await first.waitFor('onDisconnected');
      stage.emulator.clients.addPhantom('ann', { type: ClientType.android });
      const [error] = await first.waitFor('onLoginFailed');
      expect(error).toMatchObject({ code: 417 });
      expect(types()).toEqual([ClientType.android]);
    });

    test('per platform: a phone stays beside the browser, a second browser signs the first out', async () => {
      use({ kind: 'perPlatform' });
      stage.emulator.clients.addPhantom('ann', { type: ClientType.android });
      const browser = await stage.online('ann');
      expect(types()).toEqual([ClientType.android, ClientType.web]);
      stage.emulator.clients.addPhantom('ann', { type: ClientType.pc });
      await browser.waitFor('onKickedOffline');
      expect(types()).toEqual([ClientType.android, ClientType.pc]);
    });

    test('unlimited: ten clients are online together, the eleventh signs the oldest out', async () => {
      use({ kind: 'unlimited' });
      const oldest = await stage.online('ann');
      for (let count = 0; count < 9; count += 1) stage.emulator.clients.addPhantom('ann');
      expect(types()).toHaveLength(10);
      stage.emulator.clients.addPhantom('ann');
      await oldest.waitFor('onKickedOffline');
      expect(types()).toHaveLength(10);
    });

    test('custom: only client types of the same group sign each other out', async () => {
      use({ kind: 'custom', exclusiveGroups: [[ClientType.web, ClientType.ios]] });
      const browser = await stage.online('ann');
      stage.emulator.clients.addPhantom('ann', { type: ClientType.android });
      expect(types()).toEqual([ClientType.web, ClientType.android]);
      stage.emulator.clients.addPhantom('ann', { type: ClientType.ios });
      await browser.waitFor('onKickedOffline');
      expect(types()).toEqual([ClientType.android, ClientType.ios]);
    });
  });

  test('a new login of a device replaces its dead link', async () => {
    const ann = await stage.online('ann');
    ann.nim.V2NIMLoginService.setReconnectDelayProvider(() => 0);
    stage.emulator.world.setMultiLogin({ kind: 'exclusive' });
    const after = ann.events.length;
    // The server no longer reads, so it does not notice that the client has gone.
    stage.emulator.faults.halfOpen({ accountId: 'ann' });
    ann.breakLink();
    await ann.waitFor('onDataSync', (_type: number, state: number) => state === 3, after);
    expect(stage.emulator.clients.list('ann')).toHaveLength(1);
    expect(ann.events.some(({ event }) => event === 'onKickedOffline')).toBe(false);
  });

  test('a client cannot sign itself out with kickOffline', async () => {
    const ann = await stage.online('ann');
    const { V2NIMLoginService: service } = ann.nim;
    const self = service.getCurrentLoginClient();
    if (!self) throw new Error('not signed in');
    expect((await errorOf(service.kickOffline(self))).code).toBe(192006);
    expect(types()).toEqual([ClientType.web]);
  });

  test('signing out a client that has gone fails with 192006', async () => {
    const ann = await stage.online('ann');
    const gone = { clientId: 'nobody', type: 16 } as never;
    expect((await errorOf(ann.nim.V2NIMLoginService.kickOffline(gone))).code).toBe(192006);
  });
});
