import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findImportCycles } from '../../../scripts/lib/import-cycles';

const ROOT = path.resolve(__dirname, '../../..');

test('src, emulator and scripts have no import cycle', () => {
  expect(findImportCycles(ROOT)).toEqual([]);
});

describe('a planted import cycle', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'import-cycles-'));
    write('tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  const cycles = () => findImportCycles(root).map((cycle) => cycle.join(' -> '));

  it.each([
    ['an import', `import { b } from './b';`],
    ['a type-only import', `import type { B } from './b';`],
    ['an import by path alias', `import { b } from '@/b';`],
    ['a re-export', `export * from './b';`],
    ['a dynamic import', `void import('./b');`],
    ['an import type', `export type A = import('./b').B;`],
  ])('is found through %s', (_, statement) => {
    write('src/a.ts', statement);
    write('src/b.tsx', `import type { A } from './a';`);
    expect(cycles()).toEqual(['src/a.ts -> src/b.tsx -> src/a.ts']);
  });

  it('is reported once, by its shortest path from the first of its files', () => {
    write('src/a.ts', `import './b';`);
    write('src/b.ts', `import '../emulator/c';`);
    write('emulator/c.ts', `import '../src/a';`);
    write('src/outside.ts', `import './a';`);
    expect(cycles()).toEqual(['emulator/c.ts -> src/a.ts -> src/b.ts -> emulator/c.ts']);
  });

  it('is not reported where files share an import', () => {
    write('src/a.ts', `import './b'; import './c';`);
    write('src/b.ts', `import './c'; import 'node:path';`);
    write('src/c.ts', '');
    expect(cycles()).toEqual([]);
  });
});
