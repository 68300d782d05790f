import { type Emulator, startEmulator } from '../../emulator';

/** Starts an emulator on a free port with two accounts, anna and ben, and nothing else. */
export async function emulatorOfTwo(): Promise<Emulator> {
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const [accountId, name] of [
    ['anna', '安娜'],
    ['ben', '本'],
  ] as const)
    emulator.world.addAccount({ accountId, name, token: `token-${accountId}` });
  return emulator;
}
