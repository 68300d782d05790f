import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  installScriptsIn,
  isAllowed,
  licencesIn,
  type LockFile,
} from '../../../scripts/lib/licence-check';

const lockOf = (folder: string) =>
  JSON.parse(
    readFileSync(path.join(__dirname, '../../..', folder, 'package-lock.json'), 'utf8'),
  ) as LockFile;

test.each(['MIT', '(MIT OR GPL-3.0-or-later)', 'Apache-2.0 AND MIT', '(AFL-2.1 OR BSD-3-Clause)'])(
  'the licence %s is allowed',
  (expression) => expect(isAllowed(expression)).toBe(true),
);

test.each([
  'GPL-3.0',
  'UNKNOWN',
  'MIT AND GPL-2.0',
  '(AGPL-3.0 OR SSPL-1.0)',
  'SEE LICENSE IN x',
  '',
])('the licence %p is refused', (expression) => expect(isAllowed(expression)).toBe(false));

test.each(['.', 'ci'])('every package of the lock file in %s has an allowed licence', (folder) => {
  const refused = licencesIn(lockOf(folder)).filter(({ licence }) => !isAllowed(licence));
  expect(refused).toEqual([]);
});

test('names packages at any depth, and those with install scripts', () => {
  const lock: LockFile = {
    packages: {
      '': {},
      'node_modules/a/node_modules/@b/c': {
        version: '1.0.0',
        license: 'GPL-3.0',
        hasInstallScript: true,
      },
      'node_modules/d': { version: '2.0.0' },
    },
  };
  expect(licencesIn(lock).map(({ id, licence }) => [id, licence])).toEqual([
    ['@b/c@1.0.0', 'GPL-3.0'],
    ['d@2.0.0', 'UNKNOWN'],
  ]);
  expect(installScriptsIn(lock)).toEqual(['@b/c@1.0.0']);
});
