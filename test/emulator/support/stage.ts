import { type Emulator, type EmulatorOptions, startEmulator } from '../../../emulator';
import { type ClientOptions, createClient, disposeClients, type TestClient } from './client';

/** An emulator with three people, and what a test puts on it; struck after each test. */
export interface Stage {
  readonly emulator: Emulator;
  /** Restarts with other options; the people are there again. */
  start(options?: EmulatorOptions): Promise<Emulator>;
  client(accountId: string, options?: ClientOptions): TestClient;
  /** A client that is signed in. */
  online(accountId: string, options?: ClientOptions): Promise<TestClient>;
}

export const PEOPLE = ['ann', 'ben', 'cid'] as const;

/** Call it once in a describe block. */
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

/** Resolves with the error that a promise rejects with; fails when it does not. */
export async function errorOf(promise: Promise<unknown>): Promise<{ code: number }> {
  try {
    await promise;
  } catch (error) {
    return error as { code: number };
  }
  throw new Error('the promise did not reject');
}

/** Looks again after every change of the world or the log until `look` is true; no fixed pauses. */
export async function until(look: () => boolean, what: string, limitMs = 5000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!look()) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
