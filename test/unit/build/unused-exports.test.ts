import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findUnusedExports } from '../../../scripts/lib/unused-exports';

describe('a planted export without a use', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'unused-exports-'));
    write(
      'tsconfig.json',
      '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } }, "include": ["src", "test"] }',
    );
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };

  it.each([
    ['a constant', 'export const dead = 1;'],
    ['a constant that only its own file uses', 'export const dead = 1; console.log(dead);'],
    ['a function', 'export function dead() {}'],
    ['a class', 'export class dead {}'],
    ['a type', 'export type dead = string;'],
    ['a re-export', "export { used as dead } from './used';"],
  ])('is found: %s', (_, statement) => {
    write('src/used.ts', 'export const used = 1;');
    write('src/a.ts', `import { used } from '@/used'; console.log(used); ${statement}`);
    expect(findUnusedExports(root)).toEqual(['src/a.ts: dead']);
  });

  it('is not reported where a test, a signature, an entry or a product uses the export', () => {
    write('src/a.ts', 'export interface Options {} export function run(options: Options) {}');
    write('test/a.test.ts', "import { run } from '@/a'; run({});");
    write('src/packages/chat/index.tsx', 'export default function Page() {}');
    write('src/b.ts', '// ts-unused-exports:disable-next-line\nexport const forProducts = 1;');
    expect(findUnusedExports(root)).toEqual([]);
  });
});
