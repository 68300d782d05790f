import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface PackageSizes {
  /** Bytes of the main package. */
  main: number;
  /** Bytes of each sub-package, by its root. */
  packages: Record<string, number>;
  total: number;
}

/** Files that are not uploaded: miniprogram-ci omits source maps, texts and types, WeChat ignores the project file. */
const NOT_SHIPPED = /\.map$|\.txt$|\.d\.ts$|^project\.(private\.)?config\.json$/;

interface AppJson {
  subPackages?: { root: string }[];
  subpackages?: { root: string }[];
}

/** Sizes of a built mini-program by WeChat's count: the bytes of the files, by package. */
export function packageSizes(directory: string): PackageSizes {
  const app = JSON.parse(readFileSync(path.join(directory, 'app.json'), 'utf8')) as AppJson;
  const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root }) =>
    root.replace(/\/+$/, ''),
  );
  const packages: Record<string, number> = Object.fromEntries(roots.map((root) => [root, 0]));
  let main = 0;
  for (const file of filesIn(directory)) {
    if (NOT_SHIPPED.test(file)) continue;
    const { size } = statSync(path.join(directory, file));
    const root = roots.find((each) => file.startsWith(`${each}/`));
    if (root === undefined) main += size;
    else packages[root] = (packages[root] ?? 0) + size;
  }
  const total = main + Object.values(packages).reduce((sum, size) => sum + size, 0);
  return { main, packages, total };
}

function filesIn(directory: string, prefix = ''): string[] {
  return readdirSync(path.join(directory, prefix), { withFileTypes: true }).flatMap((entry) => {
    const file = prefix ? `${prefix}/${entry.name}` : entry.name;
    return entry.isDirectory() ? filesIn(directory, file) : [file];
  });
}
