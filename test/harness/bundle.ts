import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = path.resolve(__dirname, '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/harness');
/** All possible sources of a bundle besides the packages that the lock file pins. */
const SOURCES = [
  'src/stores',
  'src/connection',
  'src/sdk',
  'src/platform',
  'src/env',
  'src/packages/meeting',
  'src/packages/chatroom',
  'test/harness',
];

/**
 * Bundles the entry and its imports into a script that assigns its exports to `bundle`. Builds once per
 * content: the file's name is the hash of the sources.
 */
export function bundle(
  entry:
    | 'core-entry.ts'
    | 'bare-entry.ts'
    | 'chatroom-entry.ts'
    | 'room-core-entry.ts'
    | 'all-core-entry.ts',
): string {
  const file = path.join(CACHE, `${entry.replace('.ts', '')}-${sourcesHash()}.js`);
  if (!existsSync(file)) {
    const { outputFiles } = buildSync({
      entryPoints: [path.join(__dirname, entry)],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'bundle',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      target: 'es2022',
      alias: { '@': path.join(ROOT, 'src') },
      inject: entry.endsWith('core-entry.ts')
        ? [path.join(__dirname, 'package-require-entry.ts')]
        : [],
      // Free names of the script that `evaluate` passes in, a separate set for each client.
      define: {
        'process.env': 'env',
        'process.env.TARO_ENV': '"weapp"',
        'process.env.NODE_ENV': '"production"',
      },
      logLevel: 'error',
    });
    mkdirSync(CACHE, { recursive: true });
    // Renamed into place, because another process may be building the same bundle.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, outputFiles[0]?.text ?? '');
    renameSync(draft, file);
  }
  return readFileSync(file, 'utf8');
}

/**
 * Runs a bundle as a mini-program would: with its own `wx`, with `self` shadowed, and with its own global
 * object, because MobX shares its state through the global object and clients must share nothing. `globals`
 * are further global names that this client sees differently, for example a `Date` that is wrong.
 */
export function evaluate<T>(
  script: string,
  wx: unknown,
  env: Record<string, string>,
  globals: Record<string, unknown> = {},
): T {
  const shadowed = { wx, env, globalThis: ownGlobal(), ...globals };
  const names = [...Object.keys(shadowed), 'self', 'window', 'document', 'global'];
  const run = new Function(...names, `${script}\nreturn bundle;`);
  return run(...Object.values(shadowed)) as T;
}

/** A global object whose own properties shadow the real global's. Node's getters insist on their real `this`. */
function ownGlobal(): object {
  return new Proxy<Record<PropertyKey, unknown>>(
    {},
    {
      get: (own, name) => (name in own ? own[name] : Reflect.get(globalThis, name)),
      has: (own, name) => name in own || name in globalThis,
    },
  );
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(readFileSync(path.join(ROOT, 'package-lock.json')));
  for (const folder of SOURCES) {
    for (const file of filesOf(path.join(ROOT, folder)))
      hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name))
    .sort();
}
