import { bundleText, diagnosticsBundle } from '@/packages/diagnostics/diagnostics-bundle';
import { type Client, environmentOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const HOST = { platform: 'ios', system: 'iOS 17.0' };

/** Secrets that are short enough to look like ordinary words. */
const PLANTED = {
  token: 'pl4nt-token',
  received: 'planted words received',
  sent: '机密文字',
  draft: 'planted draft',
  quoted: 'planted snippet',
  inAddress: 'pl4nt-address',
  password: 'pl4nt-password',
};

const textOf = ({ core, root }: Client) => bundleText(diagnosticsBundle(core, root.settings, HOST));

async function plantedClient(): Promise<Client> {
  world.emulator.world.addAccount({ accountId: 'dora', token: PLANTED.token, name: 'Dora' });
  const dora = world.client('dora');
  await dora.root.session.signIn(
    { way: 'static', accountId: 'dora', token: PLANTED.token },
    { remember: true },
  );
  await waitFor(() => dora.root.account?.conversations.state === 'ready', { what: 'dora online' });
  return dora;
}

describe('the diagnostics bundle', () => {
  it('contains no token, no message text, no draft and no secret', async () => {
    const dora = await plantedClient();
    const chat = await dora.chatWith('ben');
    world.emulator.world.sendMessage({ from: 'ben', to: 'dora', text: PLANTED.received });
    await waitFor(() => chat.live.some(({ text }) => text === PLANTED.received), {
      what: 'the message',
    });
    chat.sendText(PLANTED.sent);
    await waitFor(
      () => chat.live.some(({ text, status }) => text === PLANTED.sent && status === 'sent'),
      {
        what: 'the acknowledgement',
      },
    );
    dora.core.platform.storage.set('yunxin.draft.dora', PLANTED.draft);
    const { journal } = dora.core;
    journal.record('handler', `Unexpected token 'p', "${PLANTED.quoted}"... is not valid JSON`);
    journal.record(
      'check',
      `GET https://api.example/x?accountId=dora&token=${PLANTED.inAddress}&z=1`,
    );
    journal.record('link', `302 {"imToken": ${PLANTED.inAddress}, password=${PLANTED.password}}`);
    journal.record('link', `302 refused ${PLANTED.token}`);
    const text = textOf(dora);
    const { appkey, appSecret } = world.emulator;
    for (const planted of [...Object.values(PLANTED), appkey, appSecret])
      expect(text).not.toContain(planted);
    // The bundle is not empty: the text around the secrets is still readable.
    expect(text).toContain('302 refused [redacted]');
    expect(text).toContain('accountId=dora&token=[redacted]&z=1');
  });

  it('contains version, state history, sockets, environment and host', async () => {
    const anna = await world.online('anna');
    world.emulator.faults.cut({ accountId: 'anna' });
    const { connection } = anna.root;
    await waitFor(() => connection.state.name === 'waiting', { what: 'the broken link' });
    await waitFor(() => connection.state.name === 'online', { what: 'the new link' });
    const bundle = JSON.parse(textOf(anna)) as Record<string, unknown>;
    expect(bundle).toMatchObject({
      schema: 'yunxin-diagnostics',
      schemaVersion: 1,
      app: { version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string },
      host: HOST,
      settings: { language: 'zh-CN', chosenLanguage: null },
      network: { isConnected: true },
      environment: {
        lbsUrl: environmentOf(world.emulator).TARO_APP_LBS_URL,
        legalHosts: { socket: ['127.0.0.1'] },
      },
      connection: {
        state: 'online',
        sockets: [{ owner: 'im#1', host: '127.0.0.1', state: 'open' }],
        budgets: [
          { name: 'all', live: 1, limit: 5 },
          { live: 1, limit: 2 },
        ],
      },
    });
    const states = (bundle['states'] as { text: string }[]).map(({ text }) => text.split(':')[0]);
    expect(states).toEqual(
      expect.arrayContaining(['syncing -> online', 'online -> waiting', 'waiting -> connecting']),
    );
  });
});
