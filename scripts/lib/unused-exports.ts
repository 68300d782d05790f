import { readFileSync } from 'node:fs';
import path from 'node:path';
import { analyzeTsConfig } from 'ts-unused-exports';

/** Files whose exports are read by a tool or by a name in a string, not by an import. */
const ENTRIES: readonly RegExp[] = [
  // Taro: the app, its pages and their configuration; files that builds take by alias, and the types for a host.
  /^src\/app\.tsx$/,
  /^src\/(pages|packages)\/.*\bindex\.tsx$/,
  /^src\/.*\.config\.ts$/,
  /^src\/no-(meeting-kit|embedding)\.ts$/,
  /^src\/embed\/(index|host-types)\.ts$/,
  /^config\//,
  // Apps of the benches and checks, built by Taro as well.
  /^test\/bench\/empty-app\//,
  /^test\/ci\/library\/privacy-app\//,
  /^examples\/taro\/(config\/|src\/(app|pages\/))/,
  // Bundles that tests evaluate, benches that run by their name, jest's globalSetup and environment.
  /^test\/harness\/[\w-]+-entry\.ts$/,
  /^test\/bench\/[\w-]+-bench\.ts$/,
  /^test\/weapp\/build-once\.ts$/,
  /^test\/second-opinion\/environment\.ts$/,
  /^test\/ci\/library\/build-production\.ts$/,
  // The interface of the emulator (docs/emulator.md), and declarations of foreign modules.
  /^emulator\/index\.ts$/,
  /\.d\.ts$/,
];

/**
 * Finds exports without a use. A value must be imported by another file, a test included. A type may also be
 * exported for the signature of a function in its own file. Exports of `entries` count as used. A line
 * `// ts-unused-exports:disable-next-line` keeps an export that only products use.
 * @returns each export as `file: name`, the file relative to `root`
 */
export function findUnusedExports(root: string, entries = ENTRIES): string[] {
  const values = notImported(root, ['--allowUnusedTypes']);
  const types = notImported(root).filter(
    ([file, name]) =>
      !values.some((value) => value[0] === file && value[1] === name) && !isUsedIn(file, name),
  );
  return [...values, ...types]
    .map(([file, name]) => [path.relative(root, file), name] as const)
    .filter(([file]) => !entries.some((entry) => entry.test(file)))
    .map(([file, name]) => `${file}: ${name}`)
    .sort();
}

function notImported(root: string, options: string[] = []): [file: string, name: string][] {
  const { unusedExports } = analyzeTsConfig(path.join(root, 'tsconfig.json'), options);
  return Object.entries(unusedExports).flatMap(([file, names]) =>
    names.map(({ exportName }): [string, string] => [file, exportName]),
  );
}

/** Whether the file has the name a second time, besides its declaration. */
function isUsedIn(file: string, name: string): boolean {
  return readFileSync(file, 'utf8').split(new RegExp(`\\b${name}\\b`)).length > 2;
}
