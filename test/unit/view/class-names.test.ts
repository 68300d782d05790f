import { sourceFiles } from './source-files';

/** Classes that one file defines and another file adds to on purpose. */
const SHARED = ['app', 'messages', 'rx-pick'];

test('no two style sheets define the same class: a browser has the styles of all pages at once', () => {
  const files = new Map<string, Set<string>>();
  for (const { name, text } of sourceFiles('.scss'))
    for (const [, found = ''] of text.matchAll(/^\.([\w-]+)(?:::?[\w-]+)?\s*[{,]/gm))
      files.set(found, (files.get(found) ?? new Set()).add(name));
  const doubled = [...files].filter(([found, names]) => names.size > 1 && !SHARED.includes(found));
  expect(doubled.map(([found, names]) => `${found}: ${[...names].join(', ')}`)).toEqual([]);
});
