import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A reference of a document or a comment that does not resolve. */
export interface DocumentProblem {
  /** Relative to the repository, with the line: `docs/upload.md:12`. */
  where: string;
  problem: string;
}

interface Document {
  name: string;
  lines: readonly string[];
}

/** `[text](target)` and `![alt](target)`. */
export const LINK = /\]\(([^()\s]+)\)/g;
const ELSEWHERE = /^[a-z]+:/i;
/** `npm run x`, `npm run --silent x`, `npm start`, `npm test`. */
export const COMMAND = /\bnpm (?:run (?:--?[a-z]+ )*([\w:-]+)|(start|test)\b)/g;
/** A path in backticks, relative to the repository; patterns and placeholders do not match. */
const PATH = /`((?:\.ci|ci|config|docs|emulator|scripts|src|test|types)\/[\w./-]*)`/g;
/** The name of a test in the tables: its path under test/, without `.test.ts`. */
const TEST = /(?<![\w/.`-])((?:bench|chaos|ci|e2e|emulator|integration|unit|weapp|host)\/[\w/-]+)/g;
export const FENCE = /^\s*(```|~~~)/;
/** Documents whose tables name tests. */
const NAMES_TESTS = ['docs/seed-map.md', 'docs/connection.md', 'docs/calls.md', 'docs/im-reuse.md'];
/**
 * The documents whose rows name tests, `path: "words"; path: "words", "words"`, each with the marks of a row that needs
 * none.
 */
const PROVES: Readonly<Record<string, readonly string[]>> = {
  'docs/seed-map.md': ['missing', 'not of the client'],
  'docs/message-kinds.md': ['comes later', 'does not apply'],
  'docs/message-acts.md': ['comes later', 'does not apply'],
  'docs/people.md': ['comes later', 'does not apply'],
  'docs/teams.md': ['comes later', 'does not apply'],
  'docs/security.md': [],
};
const PROOF = /^([\w/-]+): ("[^"]+"(?:, "[^"]+")*)$/;
/** A comment line of a test, which proves nothing. */
const COMMENT = /^\s*(?:\/\/|\/?\*)/;

/** Checks that links with their anchors, npm scripts, paths and tests that the documents name exist. */
export function checkDocuments(root: string): DocumentProblem[] {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return documentsOf(root).flatMap((document) => [
    ...linkProblems(root, document),
    ...find(document, COMMAND, (name) =>
      name in scripts ? undefined : `package.json has no script "${name}"`,
    ),
    ...(document.name.endsWith('.md')
      ? find(document, PATH, (name) =>
          existsSync(path.join(root, name)) ? undefined : `there is no ${name}`,
        )
      : []),
    ...(NAMES_TESTS.includes(document.name) ? testProblems(root, document) : []),
    ...(Object.hasOwn(PROVES, document.name) ? proofProblems(root, document) : []),
  ]);
}

function documentsOf(root: string): Document[] {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'));
  const docs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(md|ya?ml)$/.test(name))
    .map((name) => path.posix.join('docs', name.split(path.sep).join('/')));
  return [...top, ...docs].map((name) => ({
    name,
    lines: readFileSync(path.join(root, name), 'utf8').split('\n'),
  }));
}

function linkProblems(root: string, document: Document): DocumentProblem[] {
  if (!document.name.endsWith('.md')) return [];
  return find({ ...document, lines: prose(document.lines) }, LINK, (target) => {
    if (ELSEWHERE.test(target)) return undefined;
    const [file = '', anchor] = target.split('#');
    const linked = file
      ? path.join(root, path.dirname(document.name), decodeURIComponent(file))
      : path.join(root, document.name);
    if (!existsSync(linked)) return `the link ${target} leads nowhere`;
    if (anchor === undefined) return undefined;
    const anchors = anchorsOf(readFileSync(linked, 'utf8').split('\n'));
    return anchors.has(decodeURIComponent(anchor))
      ? undefined
      : `${target}: no heading has this anchor`;
  });
}

function testProblems(root: string, document: Document): DocumentProblem[] {
  const rows = document.lines.map((line) => (line.startsWith('|') ? line : ''));
  return find({ ...document, lines: rows }, TEST, (name) =>
    ['.test.ts', '.test.tsx', '.ts', ''].some((end) =>
      existsSync(path.join(root, 'test', name + end)),
    )
      ? undefined
      : `there is no test ${name}`,
  );
}

/** Checks the tables whose last column is "test": each row names tests, and words that the file of the test has. */
function proofProblems(root: string, { name, lines }: Document): DocumentProblem[] {
  let inTable = false;
  return lines.flatMap((line, index) => {
    if (!line.startsWith('|')) {
      inTable = false;
      return [];
    }
    const cells = line.split('|').slice(1, -1);
    const last = cells[cells.length - 1]?.trim() ?? '';
    if (last === 'test') {
      inTable = true;
      return [];
    }
    if (!inTable || /^---+$/.test(last)) return [];
    return proofsOf(root, line, last, PROVES[name] ?? []).map((problem) => ({
      where: `${name}:${index + 1}`,
      problem,
    }));
  });
}

function proofsOf(root: string, row: string, cell: string, marks: readonly string[]): string[] {
  if (cell === '-' || cell === '')
    return marks.some((mark) => row.includes(`| ${mark}`))
      ? []
      : [`a row without a test says ${marks.map((mark) => `"${mark}"`).join(' or ')}`];
  return cell.split(/(?<="); /).flatMap((part) => {
    const [, test, words = ''] = PROOF.exec(part) ?? [];
    if (!test) return [`"${part}" is not a test with its words, path: "words"`];
    const code = testCode(root, test);
    if (code === undefined) return [`there is no test file ${test}`];
    return words
      .slice(1, -1)
      .split('", "')
      .flatMap((subject) => (code.includes(subject) ? [] : [`${test} does not say "${subject}"`]));
  });
}

/** The lines of a test file without its comments. */
function testCode(root: string, name: string): string | undefined {
  const file = ['.test.ts', '.test.tsx']
    .map((end) => path.join(root, 'test', name + end))
    .find((candidate) => existsSync(candidate));
  if (!file) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => !COMMENT.test(line)).join('\n');
}

/** The lines outside of code blocks; the others are empty. */
function prose(lines: readonly string[]): string[] {
  let inCode = false;
  return lines.map((line) => {
    if (!FENCE.test(line)) return inCode ? '' : line;
    inCode = !inCode;
    return '';
  });
}

/** Anchors by GitHub's rules: lower case, no punctuation, spaces as hyphens, `-1` for the second of a name. */
export function anchorsOf(lines: readonly string[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const line of prose(lines)) {
    const title = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (title === undefined) continue;
    const slug = title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    let name = slug;
    for (let again = 1; anchors.has(name); again++) name = `${slug}-${again}`;
    anchors.add(name);
  }
  return anchors;
}

/** The problems that `judge` reports for the matches of `pattern` (for the first group that matched). */
function find(
  { name, lines }: Document,
  pattern: RegExp,
  judge: (found: string) => string | undefined,
): DocumentProblem[] {
  return lines.flatMap((line, index) =>
    [...line.matchAll(pattern)].flatMap((match) => {
      const problem = judge(match.slice(1).find((group) => group !== undefined) ?? '');
      return problem === undefined ? [] : [{ where: `${name}:${index + 1}`, problem }];
    }),
  );
}
