import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { World } from './world';
import type { WorldState } from './world-state';

const FILE = 'world.json';
const DEBOUNCE_MS = 500;

/** Reads the world stored in `dataDir`. Returns undefined when `dataDir` has none yet. */
export function readSnapshot(dataDir: string): WorldState | undefined {
  const file = path.join(dataDir, FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const state = JSON.parse(text) as WorldState;
  if (state.version !== 1) throw new Error(`${file} is not a world of this emulator`);
  return state;
}

/** Writes the world atomically: after a crash, `dataDir` has either the old world or the new world. */
function writeSnapshot(dataDir: string, state: WorldState): void {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, FILE);
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}

/** Writes the world to `dataDir` after changes. The returned function writes a last time and stops. */
export function keepSnapshot(world: World, dataDir: string): () => void {
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    writeSnapshot(dataDir, world.state);
  };
  const stop = world.events.on('change', () => {
    timer ??= setTimeout(write, DEBOUNCE_MS);
  });
  return () => {
    stop();
    write();
  };
}
