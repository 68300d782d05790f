import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const guides = [
  'docs/upload.md',
  'docs/domains.md',
  ...readdirSync(path.join(root, 'docs/ci')).map((file) => `docs/ci/${file}`),
];

describe.each(guides)('%s', (file) => {
  it('names only existing commands', () => {
    const named = [
      ...read(file).matchAll(/npm (?:run )?(?:--silent )?(?:run )?([a-z][a-z0-9:]*)/g),
    ];
    expect(named.map(([, script = '']) => script).filter((script) => !(script in scripts))).toEqual(
      [],
    );
  });

  it('names only existing options', () => {
    const options =
      ['upload', 'preview', 'pack'].map((name) => read(`scripts/${name}.ts`)).join('') +
      read('scripts/lib/ci/command.ts');
    const lines = read(file)
      .split('\n')
      .filter((line) => /npm run|^\| `--/.test(line));
    const named = lines.flatMap((line) =>
      [...line.matchAll(/(?<= |`)--([a-z-]+)/g)].map(([, option = '']) => option),
    );
    const known = (option: string) =>
      option === 'silent' || new RegExp(`['\\s]${option}'?: '`).test(options);
    expect(named.filter((option) => !known(option))).toEqual([]);
  });
});
