import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { placeOf } from '../config/embed/place';
import { ROOT } from './lib/build';
import { PRIVACY_FILE } from './lib/checks/privacy';
import { buildForHost } from './lib/embed/build-for-host';
import { lineDiff } from './lib/embed/line-diff';
import { carryOut, hostRootOf, planOf, type Plan } from './lib/embed/plan';
import { packageSizes } from './lib/package-size';

const HELP = `npm run embed -- --into DIR [options]
Builds the chat as two sub-packages of another mini-program and shows what changes there (docs/how-to/embed.md).

  --into DIR    folder of the mini-program, with app.json; of a Taro or uni-app project the built folder
  --root ROOT   root of the sub-package; packages/im by default. The SDK goes beside it, into ROOT-sdk
  --write       writes; without it the terminal is asked, and nothing is written where there is none
  --help        this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      into: { type: 'string' },
      root: { type: 'string', default: 'packages/im' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.into) {
    console.log(HELP);
    if (!values.help) process.exitCode = 1;
    return;
  }
  const place = placeOf(values.root);
  const host = hostRootOf(path.resolve(values.into));
  const directory = await buildForHost(place.root, (line) => process.stderr.write(`\r${line}   `));
  process.stderr.write('\n');
  const plan = planOf(directory, host, place);
  console.log(describe(plan));
  if (plan.writes.size + plan.removals.length === 0) return;
  if (!values.write && !(await isAgreed())) {
    console.log('Nothing was written. --write writes.');
    return;
  }
  carryOut(plan);
  console.log(sizesText(host, [place.root, place.sdkRoot]));
}

function describe({ writes, removals, kept, notes, appJson }: Plan): string {
  const files = [...writes.keys()].filter((file) => file !== 'app.json').length;
  const changes = lineDiff(appJson.before, appJson.after);
  const list = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? `${title}\n${lines.map((line) => `  ${line}`).join('\n')}` : '';
  return [
    changes && `app.json:\n${changes}`,
    changes && privacyText(),
    list('Kept as they are:', kept),
    list('Notes:', notes),
    writes.size + removals.length === 0
      ? 'Nothing to write: the mini-program has this version.'
      : `${files} files to write, ${removals.length} to remove${changes ? ', and app.json' : ''}.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** WeChat's privacy guide is filled in on its console; no file of a mini-program holds it. */
function privacyText(): string {
  const { declared } = JSON.parse(readFileSync(path.join(ROOT, PRIVACY_FILE), 'utf8')) as {
    declared: Record<string, string>;
  };
  const lines = Object.entries(declared).map(([name, purpose]) => `  ${name}: ${purpose}`);
  return `For the privacy guide in WeChat's console (用户隐私保护指引):\n${lines.join('\n')}`;
}

async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Write? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function sizesText(host: string, roots: readonly string[]): string {
  const { main: bytes, packages } = packageSizes(host);
  const row = (name: string, size: number) =>
    `${name.padEnd(28)} ${size.toLocaleString('en').padStart(10)} B`;
  return [
    'Written.',
    row('main package', bytes),
    ...roots.map((root) => row(root, packages[root] ?? 0)),
  ].join('\n');
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
