import { statSync } from 'node:fs';
import path from 'node:path';
import {
  MAIN_BUDGET,
  SUB_PACKAGE_BUDGET,
  WECHAT_PACKAGE_LIMIT,
  WECHAT_TOTAL_LIMIT,
} from '../budgets';
import { packageSizes } from '../package-size';
import type { BuiltPackage } from './built-package';
import type { Found } from './finding';

/** Checks each package against this project's budget and WeChat's limit; miniprogram-ci packs any size. */
export function checkSizes(built: BuiltPackage): Found[] {
  if (built.json('app.json') === undefined) return [];
  const { main, packages, total } = packageSizes(built.directory);
  const found = [over('main package', main, MAIN_BUDGET)];
  for (const [root, bytes] of Object.entries(packages))
    found.push(over(root, bytes, SUB_PACKAGE_BUDGET));
  if (total > WECHAT_TOTAL_LIMIT) found.push(over('all packages', total, WECHAT_TOTAL_LIMIT));
  return found.filter((each): each is Found => each !== undefined);

  function over(name: string, bytes: number, budget: number): Found | undefined {
    if (bytes <= budget) return undefined;
    const size = bytes.toLocaleString('en');
    const [file, fileBytes] = largestIn(built, name === 'main package' ? '' : name);
    const limit =
      bytes > WECHAT_PACKAGE_LIMIT && budget < WECHAT_PACKAGE_LIMIT
        ? ` and WeChat's limit of ${WECHAT_PACKAGE_LIMIT.toLocaleString('en')}`
        : '';
    return {
      file,
      message: `${name} has ${size} bytes, over its budget of ${budget.toLocaleString('en')}${limit}; the largest file is this one (${fileBytes.toLocaleString('en')})`,
      fix: 'Move what only some pages need into a sub-package, or load it later; budgets are in scripts/lib/budgets.ts.',
    };
  }
}

function largestIn(built: BuiltPackage, root: string): [string, number] {
  const roots = Object.keys(packageSizes(built.directory).packages);
  const inside = (file: string) =>
    root === '' || root === 'all packages'
      ? !roots.some((each) => file.startsWith(`${each}/`))
      : file.startsWith(`${root}/`);
  return built.files
    .filter(inside)
    .map((file): [string, number] => [file, statSync(path.join(built.directory, file)).size])
    .reduce((largest, each) => (each[1] > largest[1] ? each : largest), ['app.json', 0]);
}
