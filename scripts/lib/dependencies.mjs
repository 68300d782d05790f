/**
 * Installs the dependencies of a folder with npm. Plain JavaScript without imports from node_modules:
 * scripts/bootstrap.mjs runs it before node_modules exists.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const STAMP = '.installed-lock';
/** A file in node_modules that tells which other package manager wrote the folder. */
const FOREIGN = { '.modules.yaml': 'pnpm', '.yarn-integrity': 'yarn', '.yarn-state.yml': 'yarn' };
const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'];
const UPLOAD_KEY = /^MINIPROGRAM_PRIVATE_KEY/i;
/** npm's switches that leave devDependencies out; every command here needs them. */
const WITHOUT_DEV = /^(NODE_ENV|npm_config_(omit|only|production|include))$/i;

/**
 * The environment without the code upload key. Install scripts and build tools run third-party code,
 * and a process environment is readable for each process of the same user.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutUploadKey(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !UPLOAD_KEY.test(name)));
}

/**
 * The environment with a home folder that can be written. Taro and npm write below the home folder, and in
 * `docker run --user 1000` it is often `/`.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} fallback the folder used when the home folder cannot be written; it is created
 * @returns {NodeJS.ProcessEnv}
 */
export function withWritableHome(env, fallback) {
  const home = env.HOME || os.homedir();
  if (process.platform === 'win32' || isWritable(home)) return env;
  mkdirSync(fallback, { recursive: true });
  // `npm run` hands its own cache below the home folder on as npm_config_cache.
  const elsewhere = Object.entries(env).filter(
    ([name, value]) => !(/^npm_config_/i.test(name) && value?.startsWith(`${home}/`)),
  );
  return { ...Object.fromEntries(elsewhere), HOME: fallback };
}

/** @param {string} folder */
function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Names of the dependencies that package.json and package-lock.json give different ranges. `npm install`
 * accepts such a pair and then installs versions outside of the lock file.
 * @param {string} folder
 * @returns {string[]}
 */
export function unlockedDependencies(folder) {
  const own = readJson(path.join(folder, 'package.json'));
  const locked = readJson(path.join(folder, 'package-lock.json')).packages?.[''] ?? {};
  return GROUPS.flatMap((group) => {
    const names = new Set([...Object.keys(own[group] ?? {}), ...Object.keys(locked[group] ?? {})]);
    return [...names].filter((name) => own[group]?.[name] !== locked[group]?.[name]);
  });
}

/**
 * Whether npm has installed what the lock file names: the stamp is of this lock file, each direct dependency
 * exists, and no other package manager has written the folder since.
 * @param {string} folder
 * @returns {boolean}
 */
export function isInstalled(folder) {
  const modules = path.join(folder, 'node_modules');
  const stamp = path.join(modules, STAMP);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash(folder)) return false;
  if (foreignManager(folder) !== undefined) return false;
  const { dependencies = {}, devDependencies = {} } = readJson(path.join(folder, 'package.json'));
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
    existsSync(path.join(modules, name, 'package.json')),
  );
}

/**
 * Installs the dependencies of a folder. Not with `npm ci`, which refuses a lock file without the optional
 * binaries of other platforms; which of these binaries a lock file has depends on the registry.
 * @param {string} folder
 * @param {string} home the home folder when the user's own cannot be written
 * @returns {string | undefined} a sentence that says what is wrong and what to do, or undefined
 */
export function install(folder, home) {
  const unlocked = unlockedDependencies(folder);
  if (unlocked.length > 0)
    return `package.json and package-lock.json do not agree about ${unlocked.join(', ')}: run "npm install" in ${folder} and commit both files.`;
  const modules = path.join(folder, 'node_modules');
  const foreign = foreignManager(folder);
  if (foreign !== undefined) {
    console.error(`node_modules was written by ${foreign}; npm replaces it.`);
    rmSync(modules, { recursive: true, force: true });
  }
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(
    windows ? 'npm.cmd' : 'npm',
    [
      'install',
      '--include=dev',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--loglevel=error',
    ],
    {
      cwd: folder,
      env: withWritableHome(withoutDevSwitches(withoutUploadKey(process.env)), home),
      // stdout belongs to the command: with --json it is one object.
      stdio: ['ignore', process.stderr, process.stderr],
      shell: windows,
    },
  );
  if (status !== 0)
    return `npm install in ${folder} ended with ${status ?? error?.message}; see above. Is the npm registry reachable?`;
  writeFileSync(path.join(modules, STAMP), lockHash(folder));
  return isInstalled(folder)
    ? undefined
    : `npm install in ${folder} left dependencies out: remove node_modules and run the command again.`;
}

/** @param {NodeJS.ProcessEnv} env */
function withoutDevSwitches(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !WITHOUT_DEV.test(name)));
}

/** @param {string} folder */
function foreignManager(folder) {
  for (const [file, manager] of Object.entries(FOREIGN))
    if (existsSync(path.join(folder, 'node_modules', file))) return manager;
  return undefined;
}

/** @param {string} folder */
function lockHash(folder) {
  const lock = readFileSync(path.join(folder, 'package-lock.json'));
  return createHash('sha256').update(lock).digest('hex');
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
