import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const SOURCE = path.resolve(__dirname, '../../../src');

export interface SourceFile {
  /** Path relative to src. */
  name: string;
  text: string;
}

/** Files of src whose name has a given ending. */
export function sourceFiles(...endings: readonly string[]): SourceFile[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => ({ name, text: readFileSync(path.join(SOURCE, name), 'utf8') }));
}
