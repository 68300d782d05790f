import { statSync } from 'node:fs';
import path from 'node:path';
import type { BuiltPackage } from './built-package';
import type { Found } from './finding';

/** WeChat's limit for a tab bar icon (miniprogram-ci, MaxTabbarIconSize). */
const TAB_ICON_LIMIT = 40 * 1024;

/** Checks that the files named by app.json and the pages exist. */
export function checkPages(built: BuiltPackage): Found[] {
  if (built.json('app.json') === undefined) {
    return [
      { file: 'app.json', message: 'is missing or not JSON', fix: 'Build the package again.' },
    ];
  }
  return [...pageFiles(built), ...tabBar(built), ...components(built)];
}

function pageFiles(built: BuiltPackage): Found[] {
  return built.pages.flatMap((page) =>
    ['.js', '.json', '.wxml']
      .filter((extension) => !built.has(page + extension))
      .map((extension) => ({
        file: page + extension,
        message: `page ${page} of app.json has no ${extension} file`,
        fix: 'Take the page out of src/app.config.ts or write it, and build again.',
      })),
  );
}

function tabBar(built: BuiltPackage): Found[] {
  const fix = 'Correct tabBar in src/app.config.ts.';
  return (built.app.tabBar?.list ?? []).flatMap(
    ({ pagePath, iconPath, selectedIconPath }): Found[] => {
      const found: Found[] = [];
      if (!built.app.pages?.includes(pagePath))
        found.push({
          file: 'app.json',
          message: `tab ${pagePath} is no page of the main package`,
          fix,
        });
      for (const icon of [iconPath, selectedIconPath]) {
        if (icon === undefined) continue;
        if (!built.has(icon))
          found.push({ file: icon, message: `icon of tab ${pagePath} is missing`, fix });
        else if (statSync(path.join(built.directory, icon)).size > TAB_ICON_LIMIT)
          found.push({
            file: icon,
            message: 'tab icon is over 40 KB',
            fix: 'Make the picture smaller.',
          });
      }
      return found;
    },
  );
}

function components(built: BuiltPackage): Found[] {
  return built.withExtension('.json').flatMap((file) => {
    const { usingComponents = {} } = (built.json(file) ?? {}) as {
      usingComponents?: Record<string, string>;
    };
    return Object.entries(usingComponents)
      .filter(([, target]) => !target.startsWith('plugin://') && !target.startsWith('ext://'))
      .map(([name, target]) => ({ name, unit: unitOf(file, target) }))
      .filter(({ unit }) => !built.has(`${unit}.js`) && !built.has(`${unit}/index.js`))
      .map(({ name, unit }) => ({
        file,
        message: `component ${name} (${unit}) is not in the package`,
        fix: 'Correct usingComponents and build again.',
      }));
  });
}

function unitOf(file: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  return path.posix.join(path.posix.dirname(file), target);
}
