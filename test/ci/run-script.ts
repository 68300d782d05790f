import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/build';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The only object on stdout with `--json`. */
  json: () => Result;
}

/** Fields of `--json`; a test names the fields that it expects. */
export interface Result {
  ok: boolean;
  exitCode?: number;
  error?: { code: number; detail?: string; cause: { en: string; zh: string } };
  findings?: { check: string; file: string }[];
  [key: string]: unknown;
}

/** Variables that scripts must not inherit from the environment. */
const OWN = /^(MINIPROGRAM_|TARO_APP_|LANG$|LC_|https?_proxy$|no_proxy$)/i;

/** Runs scripts/NAME.ts as npm does after the bootstrap. */
export function runScript(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([variable]) => !OWN.test(variable)),
  );
  return new Promise((resolve, reject) => {
    const script = path.join(ROOT, 'scripts', `${name}.ts`);
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      cwd: ROOT,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) as Result }),
    );
  });
}
