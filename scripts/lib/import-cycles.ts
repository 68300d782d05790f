import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Folders without import cycles. */
const CYCLE_FREE_FOLDERS: readonly string[] = ['src', 'emulator', 'scripts'];

/**
 * Finds import cycles between the TypeScript files of some folders. A type-only import counts too: it costs
 * nothing at run time, but two files that need each other's types cannot be read or moved separately.
 * @returns each cycle as file paths relative to `root`; the first file is repeated at the end
 */
export function findImportCycles(root: string, folders = CYCLE_FREE_FOLDERS): string[][] {
  const imports = new Map(
    readImports(root, folders).map(([file, targets]) => [
      path.relative(root, file),
      targets.map((target) => path.relative(root, target)),
    ]),
  );
  return [...imports.keys()].flatMap((file) => {
    const cycle = shortestCycle(imports, file);
    // The search finds a cycle from each of its files; only its first file in the alphabet reports the cycle.
    return cycle && cycle.every((other) => file <= other) ? [cycle] : [];
  });
}

/** Each file with the files of the same folders that it imports or re-exports. */
function readImports(root: string, folders: readonly string[]): [string, string[]][] {
  const configFile = path.join(root, 'tsconfig.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configFile, ts.sys.readFile).config,
    // The folders are read below; without this, the compiler would list every file of the project.
    { ...ts.sys, readDirectory: () => [] },
    root,
  );
  const files = folders.flatMap((folder) =>
    ts.sys.readDirectory(path.join(root, folder), ['.ts', '.tsx'], ['**/node_modules']),
  );
  const known = new Set(files);
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  return files.sort().map((file) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
    const targets = importedFiles.map(
      ({ fileName }) =>
        ts.resolveModuleName(fileName, file, options, ts.sys, cache).resolvedModule
          ?.resolvedFileName,
    );
    return [file, targets.filter((target) => target !== undefined && known.has(target))] as [
      string,
      string[],
    ];
  });
}

/** The shortest path from a file back to itself, by breadth-first search. */
function shortestCycle(
  imports: ReadonlyMap<string, readonly string[]>,
  start: string,
): string[] | undefined {
  const seen = new Set<string>();
  const queue = [[start]];
  for (let trail = queue.shift(); trail; trail = queue.shift()) {
    for (const target of imports.get(trail.at(-1) ?? '') ?? []) {
      if (target === start) return [...trail, start];
      if (seen.has(target)) continue;
      seen.add(target);
      queue.push([...trail, target]);
    }
  }
  return undefined;
}
