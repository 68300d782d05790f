import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { withoutUploadKey, withWritableHome } from './dependencies.mjs';

export const ROOT = path.resolve(__dirname, '../..');

export type Target = 'weapp' | 'h5';

export interface BuildOptions {
  target: Target;
  /** Another app, built in the same way into `dist/<name>`. */
  app?: { name: string; sourceRoot: string };
  /** `TARO_APP_*` values that override the `.env` files. */
  env?: Readonly<Record<string, string>>;
  /** Receives progress lines. */
  onProgress?: (line: string) => void;
  /** Builds even without a change. */
  force?: boolean;
}

export interface BuildResult {
  directory: string;
  /** False when the last build is reused. */
  built: boolean;
  seconds: number;
}

/** Inputs of a build; a change of any input makes the last build stale. */
const INPUTS = [
  'config',
  'babel.config.js',
  '.browserslistrc',
  'package-lock.json',
  'project.config.json',
  'product.config.json',
  'product.schema.json',
];

/**
 * Makes a production build in `dist/<target>`, or reuses the last build when sources and configuration are
 * unchanged.
 */
export async function build({
  target,
  app = { name: target, sourceRoot: 'src' },
  env: given = {},
  onProgress,
  force = false,
}: BuildOptions): Promise<BuildResult> {
  const directory = path.join(ROOT, 'dist', app.name);
  const stamp = path.join(ROOT, '.cache', `build-${app.name}`);
  const env = {
    ...given,
    APP_SOURCE_ROOT: app.sourceRoot,
    APP_OUTPUT_ROOT: `dist/${app.name}`,
  };
  const fingerprint = fingerprintOf([app.sourceRoot, ...INPUTS], env);
  if (
    !force &&
    existsSync(path.join(directory, entryOf(target))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === fingerprint
  ) {
    return { directory, built: false, seconds: 0 };
  }
  const started = Date.now();
  rmSync(stamp, { force: true });
  rmSync(directory, { recursive: true, force: true });
  await runTaro(target, env, onProgress);
  if (!existsSync(path.join(directory, entryOf(target))))
    throw new Error(`the ${target} build wrote no ${entryOf(target)}`);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint);
  return { directory, built: true, seconds: (Date.now() - started) / 1000 };
}

function entryOf(target: Target): string {
  return target === 'weapp' ? 'app.json' : 'index.html';
}

function fingerprintOf(inputs: readonly string[], env: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  const envFiles = readdirSync(ROOT).filter((name) => name.startsWith('.env'));
  const files = [...inputs, ...envFiles]
    .flatMap((name) => filesUnder(path.join(ROOT, name)))
    .sort();
  for (const file of files)
    hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file));
  for (const name of Object.keys(process.env)
    .filter((key) => key.startsWith('TARO_APP_'))
    .sort()) {
    hash.update(`${name}=${process.env[name] ?? ''}\0`);
  }
  return hash.update(JSON.stringify(env)).digest('hex');
}

function filesUnder(entry: string): string[] {
  if (!existsSync(entry)) return [];
  if (!statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry).flatMap((name) => filesUnder(path.join(entry, name)));
}

/** `directory`: the Taro project. @throws Error with the output of a build that failed */
export function runTaro(
  target: Target,
  env: Readonly<Record<string, string>>,
  onProgress?: (line: string) => void,
  directory = ROOT,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const taro = path.join(ROOT, 'node_modules', '@tarojs', 'cli', 'bin', 'taro');
    // Taro reads this switch from the command line only.
    const inHost = env['APP_EMBED_ROOT'] ? ['--new-blended'] : [];
    const child = spawn(process.execPath, [taro, 'build', '--type', target, ...inHost], {
      cwd: directory,
      // Taro's dotenv-expand lets process.env win over .env files.
      env: {
        ...withWritableHome(withoutUploadKey(process.env), path.join(ROOT, '.cache', 'home')),
        NODE_ENV: 'production',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
      const percent = /\((\d+)%\)/g;
      let last: string | undefined;
      for (
        let match = percent.exec(chunk.toString());
        match;
        match = percent.exec(chunk.toString())
      )
        last = match[1];
      if (last) onProgress?.(`${target} ${last}%`);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0 && !/Module build failed|Failed to compile|编译失败/.test(output)) resolve();
      else reject(new Error(`the ${target} build failed:\n${output.slice(-6000)}`));
    });
  });
}
