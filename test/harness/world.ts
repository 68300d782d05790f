import { type Emulator, startEmulator } from '../../emulator';
import type { WxOptions } from '../wx';
import { addWitness } from './activity';
import { BareSdk } from './bare-sdk';
import { type Client, createClient } from './client';

/** An emulator and the clients of a test; both end with the test. */
export interface World {
  /** The emulator of the running test. */
  readonly emulator: Emulator;
  /** The app's core with its own `wx`. */
  client(name: string, wxOptions?: WxOptions, globals?: Record<string, unknown>): Client;
  /** The core, signed in with its static token. */
  online(
    accountId: string,
    wxOptions?: WxOptions,
    globals?: Record<string, unknown>,
  ): Promise<Client>;
  /** The SDK without the app, signed in. */
  bare(accountId: string): Promise<BareSdk>;
}

/** Accounts that every world has; the token of each is `token-<accountId>`. */
const ACCOUNTS = ['anna', 'ben', 'chen'] as const;

/**
 * Starts a fresh emulator for each test of the file. Checks after each test that the emulator knew every
 * command and that no client's code threw; then closes everything.
 */
export function useWorld(): World {
  let emulator: Emulator | undefined;
  let ends: (() => Promise<void>)[] = [];
  let clients: Client[] = [];
  let stopWitness: () => void = () => undefined;
  const running = () => {
    if (!emulator) throw new Error('the emulator runs inside a test only');
    return emulator;
  };

  jest.setTimeout(60_000);

  beforeEach(async () => {
    const started = await startEmulator({ port: 0, world: 'empty' });
    emulator = started;
    for (const accountId of ACCOUNTS)
      started.world.addAccount({
        accountId,
        token: `token-${accountId}`,
        name: `Name of ${accountId}`,
      });
    stopWitness = addWitness(
      () =>
        `emulator: ${JSON.stringify(started.log.counters)} logins ${JSON.stringify(
          started.log.logins.slice(-5),
        )} faults ${JSON.stringify(started.faults.list())}`,
    );
  });

  afterEach(async () => {
    const { log } = running();
    const thrown = clients.flatMap(({ wx }) => wx.errors);
    for (const end of ends.reverse()) await end();
    ends = [];
    clients = [];
    stopWitness();
    await running().close();
    emulator = undefined;
    expect(log.unimplemented).toEqual([]);
    expect(thrown).toEqual([]);
  });

  const client = (
    name: string,
    wxOptions: WxOptions = {},
    globals: Record<string, unknown> = {},
  ) => {
    const created = createClient({ emulator: running(), name, wxOptions, globals });
    clients.push(created);
    ends.push(() => created.dispose());
    return created;
  };
  return {
    get emulator() {
      return running();
    },
    client,
    async online(accountId, wxOptions, globals) {
      const created = client(accountId, wxOptions, globals);
      await created.signIn({ way: 'static', accountId, token: `token-${accountId}` });
      return created;
    },
    async bare(accountId) {
      const bare = new BareSdk(running());
      ends.push(() => bare.dispose());
      await bare.login(accountId, `token-${accountId}`);
      return bare;
    },
  };
}
