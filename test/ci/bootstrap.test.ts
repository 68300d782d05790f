import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  install,
  isInstalled,
  unlockedDependencies,
  withoutUploadKey,
  withWritableHome,
} from '../../scripts/lib/dependencies.mjs';

/** Arguments and environment that the stand-in for npm received. */
interface Call {
  args: string[];
  env: Record<string, string>;
}

const outside = { ...process.env };
let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const write = (name: string, content: unknown) => {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content));
};
const lock = (range: string) => ({ packages: { '': { devDependencies: { tool: range } } } });
const call = () => JSON.parse(readFileSync(at('call.json'), 'utf8')) as Call;

/** A program named npm that records its call and installs the only dependency, as npm does with devDependencies. */
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bootstrap-'));
  write('package.json', { devDependencies: { tool: '1.0.0' } });
  write('package-lock.json', lock('1.0.0'));
  write(
    'bin/npm',
    `#!${process.execPath}
const { mkdirSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
writeFileSync('call.json', JSON.stringify({ args, env: process.env }));
const omit = process.env.NODE_ENV === 'production' || process.env.npm_config_omit === 'dev';
mkdirSync('node_modules/tool', { recursive: true });
if (!omit || args.includes('--include=dev')) writeFileSync('node_modules/tool/package.json', '{}');
`,
  );
  chmodSync(at('bin/npm'), 0o755);
  process.env['PATH'] = `${at('bin')}${path.delimiter}${outside['PATH'] ?? ''}`;
});

afterEach(() => {
  process.env = { ...outside };
  rmSync(folder, { recursive: true });
});

describe('installing the dependencies', () => {
  it.each([
    ['NODE_ENV', 'production'],
    ['npm_config_omit', 'dev'],
    ['npm_config_production', 'true'],
  ])('includes devDependencies with %s=%s', (name, value) => {
    process.env[name] = value;
    expect(install(folder, at('home'))).toBeUndefined();
    expect(call().env[name]).toBeUndefined();
    expect(call().args).toContain('--include=dev');
    expect(isInstalled(folder)).toBe(true);
  });

  it('keeps the code upload key from install scripts', () => {
    process.env['MINIPROGRAM_PRIVATE_KEY'] = 'canary-key';
    process.env['MINIPROGRAM_PRIVATE_KEY_PATH'] = 'canary-path';
    install(folder, at('home'));
    expect(JSON.stringify(call().env)).not.toContain('canary');
    expect(withoutUploadKey({ MINIPROGRAM_PRIVATE_KEY: 'k', OTHER: 'o' })).toEqual({ OTHER: 'o' });
  });

  it('is repeated when a dependency is missing although the stamp exists', () => {
    install(folder, at('home'));
    rmSync(at('node_modules/tool'), { recursive: true });
    expect(isInstalled(folder)).toBe(false);
  });

  it('is repeated after a change of the lock file', () => {
    install(folder, at('home'));
    write('package-lock.json', { ...lock('1.0.0'), lockfileVersion: 3 });
    expect(isInstalled(folder)).toBe(false);
  });

  it('replaces a node_modules folder that pnpm wrote', () => {
    install(folder, at('home'));
    write('node_modules/.modules.yaml', 'layoutVersion: 5');
    write('node_modules/left-by-pnpm/package.json', {});
    expect(isInstalled(folder)).toBe(false);
    expect(install(folder, at('home'))).toBeUndefined();
    expect(() => readFileSync(at('node_modules/left-by-pnpm/package.json'))).toThrow('ENOENT');
    expect(isInstalled(folder)).toBe(true);
  });

  it('is refused in a sentence when package.json and its lock file disagree', () => {
    write('package.json', { devDependencies: { tool: '2.0.0', other: '1.0.0' } });
    expect(unlockedDependencies(folder)).toEqual(['tool', 'other']);
    expect(install(folder, at('home'))).toMatch(
      /do not agree about tool, other: run "npm install"/,
    );
    expect(() => call()).toThrow('ENOENT');
  });
});

describe('the home folder', () => {
  it("moves to the fallback when the user's home is not writable", () => {
    // Not even root can enter a file as a folder.
    const home = at('package.json/none');
    const env = withWritableHome(
      { HOME: home, npm_config_cache: `${home}/.npm`, npm_config_registry: 'kept' },
      at('home'),
    );
    expect(env).toEqual({ HOME: at('home'), npm_config_registry: 'kept' });
    expect(() => writeFileSync(at('home/.taro'), '')).not.toThrow();
  });

  it("stays the user's when it is writable", () => {
    expect(withWritableHome({ HOME: folder, A: 'b' }, at('home'))).toEqual({
      HOME: folder,
      A: 'b',
    });
  });
});

describe('package.json', () => {
  const root = path.resolve(__dirname, '../..');
  const read = (file: string) =>
    JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, unknown>;

  it.each(['.', 'ci'])(
    'in %s agrees with its lock file and has only exact versions',
    (directory) => {
      expect(unlockedDependencies(path.join(root, directory))).toEqual([]);
      const { dependencies, devDependencies } = read(path.join(directory, 'package.json'));
      const ranges = Object.values({ ...(dependencies as object), ...(devDependencies as object) });
      expect(ranges.filter((range) => !/^\d+\.\d+\.\d+$/.test(String(range)))).toEqual([]);
    },
  );

  it('locks no package that needs a newer Node than the engines field allows', () => {
    const { packages } = read('package-lock.json') as {
      packages: Record<string, { engines?: { node?: string } }>;
    };
    const takesNode20 = (range: string) =>
      range.split('||').some((part) => !/^\s*[\^>=~]*\s*(2[1-9]|[3-9]\d)/.test(part));
    const newer = Object.entries(packages).filter(
      ([, { engines }]) => !takesNode20(engines?.node ?? ''),
    );
    expect(newer.map(([name]) => name)).toEqual([]);
  });
});
