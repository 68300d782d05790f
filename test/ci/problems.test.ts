import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../scripts/lib/ci/exit-codes';
import { CiProblem, describeProblem, languageOf, PROBLEMS } from '../../scripts/lib/ci/problems';

const CHINESE = /[\u4e00-\u9fff]/;
const guide = readFileSync(path.resolve(__dirname, '../../docs/upload.md'), 'utf8');

describe('every problem', () => {
  it.each(Object.entries(PROBLEMS))('%s has a cause and a fix in both languages', (_, row) => {
    for (const { en, zh } of [row.cause, row.fix]) {
      expect(en).not.toMatch(CHINESE);
      expect(zh).toMatch(CHINESE);
    }
  });

  it.each(Object.entries(PROBLEMS))('%s is in docs/upload.md with its exit code', (code, row) => {
    expect(guide).toMatch(new RegExp(`\\| ${code} \\| ${row.exit} \\|`));
  });

  it.each(Object.values(EXIT))('exit code %i is explained in docs/upload.md', (exit) => {
    expect(guide).toMatch(new RegExp(`^\\| ${exit} \\|`, 'm'));
  });
});

describe('the text of a problem', () => {
  const problem = new CiProblem(610021, 'WeChat: -10008 invalid ip: 203.0.113.9');

  it('is only Chinese on a Chinese terminal', () => {
    expect(describeProblem(problem, 'zh')).toMatch(
      /^610021 本机 IP[\s\S]*203\.0\.113\.9[\s\S]*解决/,
    );
    expect(describeProblem(problem, 'zh')).not.toContain('fix:');
  });

  it('is English with Chinese below on any other terminal', () => {
    expect(describeProblem(problem, 'en')).toMatch(
      /^610021 This IP[\s\S]*203\.0\.113\.9[\s\S]*fix:[\s\S]*白名单/,
    );
  });

  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_ALL: '', LANG: 'zh_TW.UTF-8' }, 'zh'],
    [{ LANG: 'C' }, 'en'],
    [{}, 'en'],
  ] as const)('%j reads %s', (env, language) => {
    expect(languageOf(env)).toBe(language);
  });
});
