import { type Emulator, type EmulatorOptions, startEmulator } from '../../../emulator';
import { type ClientOptions, createClient, disposeClients, type TestClient } from './client';

/** An emulator with three accounts and the clients of a test; closed after each test. */
export interface Stage {
  readonly emulator: Emulator;
  /** Restarts the emulator with other options and the same accounts. */
  start(options?: EmulatorOptions): Promise<Emulator>;
  client(accountId: string, options?: ClientOptions): TestClient;
  /** Creates a signed-in client. */
  online(accountId: string, options?: ClientOptions): Promise<TestClient>;
}

const PEOPLE = ['ann', 'ben', 'cid'] as const;

/** To be called once in a describe block. */
export function useStage(options: EmulatorOptions = {}): Stage {
  let emulator: Emulator;
  const stage: Stage = {
    get emulator() {
      return emulator;
    },
    async start(other = {}) {
      if (emulator) await emulator.close();
      emulator = await startEmulator({ world: 'empty', ...options, ...other });
      for (const accountId of PEOPLE) {
        if (!emulator.world.account(accountId)) {
          emulator.world.addAccount({ accountId, name: accountId.toUpperCase() });
        }
      }
      return emulator;
    },
    client: (accountId, clientOptions) => createClient(emulator, accountId, clientOptions),
    async online(accountId, clientOptions) {
      const client = stage.client(accountId, clientOptions);
      await client.login();
      return client;
    },
  };
  beforeEach(async () => {
    await stage.start();
  });
  afterEach(async () => {
    await disposeClients();
    await emulator.close();
  });
  return stage;
}

/** Resolves with the error of a rejected promise; fails when the promise resolves. */
export async function errorOf(promise: Promise<unknown>): Promise<{ code: number }> {
  try {
    await promise;
  } catch (error) {
    return error as { code: number };
  }
  throw new Error('the promise did not reject');
}

/** Waits until `condition` is true; checks it in every turn of the event loop, without fixed pauses. */
export async function until(condition: () => boolean, what: string, limitMs = 5000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
