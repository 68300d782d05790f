import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { privateKey, withoutKey } from '../../scripts/lib/ci/private-key';
import { CiProblem } from '../../scripts/lib/ci/problems';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const directory = mkdtempSync(path.join(os.tmpdir(), 'key-'));
afterAll(() => rmSync(directory, { recursive: true }));

function problemWith(env: Record<string, string>): CiProblem {
  try {
    privateKey(env);
  } catch (error) {
    if (error instanceof CiProblem) return error;
  }
  throw new Error('no problem');
}

describe('the upload key', () => {
  it('is read from a variable, also with line breaks written as \\n', () => {
    expect(privateKey({ MINIPROGRAM_PRIVATE_KEY: pem })).toBe(pem);
    expect(privateKey({ MINIPROGRAM_PRIVATE_KEY: pem.trim().replace(/\n/g, '\\n') })).toBe(pem);
  });

  it('is read from a file', () => {
    const file = path.join(directory, 'upload.key');
    writeFileSync(file, pem);
    expect(privateKey({ MINIPROGRAM_PRIVATE_KEY_PATH: file })).toBe(pem);
  });

  it('has its own error when missing', () => {
    expect(problemWith({}).code).toBe(610003);
  });

  it('has an error with the path of a missing file', () => {
    const problem = problemWith({ MINIPROGRAM_PRIVATE_KEY_PATH: '/nowhere/upload.key' });
    expect(problem).toMatchObject({ code: 610004, detail: '/nowhere/upload.key (ENOENT)' });
  });

  it.each([
    ['half a key', pem.slice(0, 400)],
    ['any other text', 'app-secret-by-mistake'],
    ['a public key', rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string],
    [
      'a key that is not RSA',
      elliptic.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    ],
  ])('is refused without its text in the error: %s', (_, text) => {
    const problem = problemWith({ MINIPROGRAM_PRIVATE_KEY: text });
    expect(problem.code).toBe(610005);
    expect(`${problem.message} ${problem.detail ?? ''} ${problem.stack ?? ''}`).not.toContain(
      text.slice(0, 24),
    );
    expect(problem.cause).toBeUndefined();
  });

  it("is removed from a library's output", () => {
    const [, line = ''] = pem.split('\n');
    expect(withoutKey(`[error] ${line} is wrong\n${pem}`, pem)).not.toContain(line);
    expect(withoutKey('[error] is wrong', pem)).toBe('[error] is wrong');
  });
});
