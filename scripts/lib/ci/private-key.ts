import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../build';
import { CiProblem } from './problems';

/**
 * Reads the code upload key and checks it before the first request (miniprogram-ci asks WeChat first). The text
 * of the key goes to the signing process only.
 * @throws CiProblem 610003 there is none, 610004 no such file, 610005 not an RSA private key
 */
export function privateKey(env: Readonly<Record<string, string | undefined>>): string {
  const text = keyText(env);
  try {
    if (createPrivateKey(text).asymmetricKeyType === 'rsa') return text;
  } catch {
    // Neither the error nor its cause is passed on: both may quote the key.
  }
  throw new CiProblem(610005);
}

function keyText(env: Readonly<Record<string, string | undefined>>): string {
  // A variable of a pipeline often has `\n` in place of line breaks.
  const inline = env['MINIPROGRAM_PRIVATE_KEY']?.trim().replace(/\\n/g, '\n');
  if (inline) return `${inline}\n`;
  const file = env['MINIPROGRAM_PRIVATE_KEY_PATH']?.trim();
  if (!file) throw new CiProblem(610003);
  try {
    return readFileSync(path.resolve(ROOT, file), 'utf8');
  } catch (error) {
    throw new CiProblem(
      610004,
      `${file} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`,
    );
  }
}

/** Removes every line of the key from a text: the output of a library must not contain the key. */
export function withoutKey(text: string, key: string): string {
  return key
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 16)
    .reduce((rest, line) => rest.split(line).join('[key]'), text);
}
