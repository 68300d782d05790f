import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from '../../../scripts/lib/build';
import { CI_FOLDER } from '../../../scripts/lib/ci/install';
import { PRODUCTION_PACKAGE } from './build-production';

interface Validator {
  validate(value: unknown, schema: unknown): { errors: { stack: string }[] };
}

const load = createRequire(path.join(CI_FOLDER, 'package.json'));
const { Validator } = load('jsonschema') as { Validator: new () => Validator };

/** Complaints about a file by the schema that miniprogram-ci and WeChat DevTools use. */
function complaints(file: string, schema: string): string[] {
  const definition: unknown = load(`miniprogram-ci/dist/schema/dist/${schema}.js`);
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return new Validator().validate(value, definition).errors.map(({ stack }) => stack);
}

describe('a file for WeChat DevTools', () => {
  it.each([
    ['project.config.json', path.join(ROOT, 'project.config.json'), 'projectconfig'],
    [
      'project.private.config.example.json',
      path.join(ROOT, 'project.private.config.example.json'),
      'projectprivateconfig',
    ],
    ['the built app.json', path.join(PRODUCTION_PACKAGE, 'app.json'), 'app'],
  ])("%s fits WeChat's schema", (_, file, schema) => {
    expect(complaints(file, schema)).toEqual([]);
  });

  it('has compile modes for existing pages only', () => {
    const { condition } = JSON.parse(
      readFileSync(path.join(ROOT, 'project.config.json'), 'utf8'),
    ) as {
      condition: { miniprogram: { list: { pathName: string }[] } };
    };
    const app = JSON.parse(readFileSync(path.join(PRODUCTION_PACKAGE, 'app.json'), 'utf8')) as {
      pages: string[];
      subPackages: { root: string; pages: string[] }[];
    };
    const pages = [
      ...app.pages,
      ...app.subPackages.flatMap(({ root, pages: inside }) =>
        inside.map((page) => `${root}/${page}`),
      ),
    ];
    const modes = condition.miniprogram.list.map(({ pathName }) => pathName);
    expect(modes.filter((page) => !pages.includes(page))).toEqual([]);
    expect(modes).toEqual(expect.arrayContaining(app.pages));
  });
});
