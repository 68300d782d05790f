import { type Emulator, startEmulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import { BareSdk, createClient, waitFor } from '../harness';
import { launchPhone } from '../weapp/phone';
import { atMost, best, type Figure, ratio } from './figures';

const SAMPLES = 6;
/** Pause between the last typed letter and the tap, in which the work caused by typing ends. */
const TAP_DELAY_MS = 150;
/**
 * Delay of each reply, long enough that the delays of a busy machine, 150 ms for a whole sign-in beside six busy
 * processes, do not matter; an additional reply adds a fifth. A clock that stops in the queue for a processor would be
 * wrong here: a thread that queues while a reply is under way loses nothing.
 */
const REPLY_MS = 600;
const CLOSE_MS = 300;
const FRIENDS = 30;
/** V2NIMDataSyncType MAIN, V2NIMDataSyncState COMPLETED. */
const MAIN = 1;
const COMPLETED = 3;

/**
 * Measures the time from the tap on "sign in" to the conversation list, beside the login and sync of the bare
 * SDK; and an account switch, beside its physical parts. Each reply of the server takes 600 ms, the two sides
 * alternate, and the best of each counts because other processes only add time. The figures limit the number of
 * sequential replies; `start.ratio` limits the work of the logic.
 */
export async function benchSignIn(): Promise<Figure[]> {
  const { directory } = await build({ target: 'weapp' });
  const emulator = await world();
  const ours: number[] = [];
  const bare: number[] = [];
  const switches: number[] = [];
  const parts: number[] = [];
  try {
    for (let i = 0; i < SAMPLES; i++) {
      bare.push(await bareSignIn(emulator));
      ours.push(await signIn(directory, emulator));
      parts.push(await bareSwitch(emulator));
      switches.push(await switchAccount(emulator));
    }
  } finally {
    await emulator.close();
  }
  const ms = (values: readonly number[]) => `${best(values).toFixed(0)} ms`;
  return [
    atMost('signIn.ratio', ratio(best(ours), best(bare)), 1.15, {
      note: `${ms(ours)} to the list; bare SDK login and sync ${ms(bare)}`,
    }),
    atMost('switch.ratio', ratio(best(switches), best(parts)), 1.15, {
      note: `${ms(switches)}; logout, ${CLOSE_MS} ms of closing, login and sync of the bare SDK ${ms(parts)}`,
    }),
  ];
}

async function world(): Promise<Emulator> {
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of ['anna', 'ben'])
    emulator.world.addAccount({ accountId, name: accountId, token: `token-${accountId}` });
  for (let i = 0; i < FRIENDS; i++) {
    const from = `friend${i}`;
    emulator.world.addAccount({ accountId: from, name: `Friend ${i}` });
    for (const to of ['anna', 'ben']) emulator.world.sendMessage({ from, to, text: `hello ${i}` });
  }
  emulator.faults.add({ kind: 'command', command: '*', delayMs: REPLY_MS });
  return emulator;
}

async function signIn(dist: string, emulator: Emulator): Promise<number> {
  const phone = await launchPhone(dist, emulator);
  const { host } = phone;
  await phone.fillIn('账号密码', 'anna', 'token-anna');
  // The SDK is evaluated while the user types.
  await host.waitFor(() => host.evaluated.some(({ file }) => file === 'packages/sdk/nim-sdk.js'), {
    what: 'the SDK',
  });
  await new Promise((resolve) => setTimeout(resolve, TAP_DELAY_MS));
  host.setData.keepJson = true;
  host.setData.reset();
  phone.submit();
  // The rendered page is not used, because rendering takes longer here than in the view thread of a phone.
  const painted = () => host.setData.snapshot().log.find(({ json }) => json.includes('conv-name'));
  const { atMs } = await host.waitFor(painted, { what: 'the list' });
  host.close();
  return atMs;
}

function synced(sdk: BareSdk): Promise<void> {
  return new Promise((resolve) => {
    sdk.nim.V2NIMLoginService.on('onDataSync', (type, state) => {
      if (Number(type) === MAIN && Number(state) === COMPLETED) resolve();
    });
  });
}

async function bareSignIn(emulator: Emulator): Promise<number> {
  const sdk = new BareSdk(emulator);
  const done = synced(sdk);
  const started = performance.now();
  await sdk.login('anna', 'token-anna');
  await done;
  const ms = performance.now() - started;
  await sdk.dispose();
  return ms;
}

async function bareSwitch(emulator: Emulator): Promise<number> {
  const sdk = new BareSdk(emulator, { closeDelayMs: CLOSE_MS });
  await sdk.login('anna', 'token-anna');
  const done = synced(sdk);
  const started = performance.now();
  await sdk.nim.V2NIMLoginService.logout();
  await waitFor(() => sdk.wx.sockets.live === 0, { what: 'the close of the old socket' });
  await sdk.login('ben', 'token-ben');
  await done;
  const ms = performance.now() - started;
  await sdk.dispose();
  return ms;
}

async function switchAccount(emulator: Emulator): Promise<number> {
  const client = createClient({ emulator, wxOptions: { closeDelayMs: CLOSE_MS } });
  await client.signIn({ way: 'static', accountId: 'anna', token: 'token-anna' });
  const started = performance.now();
  await client.root.session.switchAccount({
    way: 'static',
    accountId: 'ben',
    token: 'token-ben',
  });
  await waitFor(() => client.account.conversations.state === 'ready', { what: 'the new list' });
  const ms = performance.now() - started;
  await client.dispose();
  return ms;
}
