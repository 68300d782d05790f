import path from 'node:path';
import { parse } from 'acorn';
import plugin from '../../../config/aria';
import { importPath } from '../../../config/aria/import-path';

/** taro-loader 4.2.1 writes the path between quotes without escaping it. */
function specifierOf(file: string): string {
  const tree = parse(`import '${file}'`, { ecmaVersion: 'latest', sourceType: 'module' });
  const [statement] = tree.body;
  if (statement?.type !== 'ImportDeclaration') throw new Error('no import');
  return String(statement.source.value);
}

test("the plugin adds its runtime to the platform's runtime through importPath", () => {
  const platform = { template: { mergeComponents: () => undefined }, runtimePath: 'own' };
  const ctx = {
    registerMethod: ({ fn }: { fn: (given: typeof platform) => void }) => fn(platform),
  };
  plugin(ctx);
  const directory = path.resolve(__dirname, '../../../config/aria');
  expect(platform.runtimePath).toEqual(['own', importPath(directory, 'runtime.js')]);
});

describe('a path in generated source', () => {
  it.each([
    ['C:\\Users\\lin\\yunxin\\config\\aria', 'C:/Users/lin/yunxin/config/aria/runtime.js'],
    ['D:\\work\\unit\\config', 'D:/work/unit/config/runtime.js'],
    ['E:\\x\\config', 'E:/x/config/runtime.js'],
  ])('of Windows names the file: %s', (directory, file) => {
    const written = importPath(directory, 'runtime.js', path.win32);
    expect(written).not.toContain('\\');
    expect(specifierOf(written)).toBe(file);
    expect(path.win32.normalize(file)).toBe(path.win32.join(directory, 'runtime.js'));
  });

  it('of POSIX stays unchanged', () => {
    const written = importPath('/home/lin/a\\b', 'runtime.js', path.posix);
    expect(written).toBe('/home/lin/a\\b/runtime.js');
  });
});
