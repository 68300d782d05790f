import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../build';
import { CiProblem } from './problems';

/**
 * The code upload key, checked before anything goes over the network (miniprogram-ci asks WeChat first).
 * The key's text goes to the process that signs and nowhere else.
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
  // A variable of a pipeline often has its line breaks as \n.
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

/** Cuts every line of the key out of a text: what a library writes must not carry it. */
export function withoutKey(text: string, key: string): string {
  return key
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 16)
    .reduce((rest, line) => rest.split(line).join('[key]'), text);
}
