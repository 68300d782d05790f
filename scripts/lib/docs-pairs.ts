import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { anchorsOf, COMMAND, type DocumentProblem, FENCE, LINK } from './docs-check';

/** The folder of the Chinese pages; below it, each page has the path of the English page below docs/. */
const CHINESE = 'docs/zh-CN/';
/** Folders whose pages stay English. */
const ENGLISH_ONLY = ['docs/decisions/'];
/** Pages without an English page: the index of the Chinese pages. */
const CHINESE_ONLY = ['docs/zh-CN/README.md'];
/** English pages that have no Chinese page yet, with the reason. docs/zh-CN/README.md has to name them for readers. */
const UNTRANSLATED: Readonly<Record<string, string>> = {};

/** Languages of code blocks whose comments begin with `#`; those of the others begin with `//`. */
const HASH_COMMENTS = ['sh', 'bash', 'yaml', 'yml', 'toml', 'ini', 'dotenv'];
const NUMBER = /\d+(?:[.,]\d+)*/g;
const SPAN = /(`+)(.+?)\1/g;

interface Block {
  /** Index of the first line. */
  at: number;
  lines: string[];
}

interface CodeBlock extends Block {
  language: string;
}

/** A heading with what follows it, up to the next heading. The text above the first heading has level 0. */
interface Section {
  at: number;
  level: number;
  tables: Block[];
  code: CodeBlock[];
  /** The text without headings, tables and code blocks. */
  prose: string[];
}

interface Page {
  name: string;
  sections: Section[];
}

/**
 * Checks that each English page below docs/ has a Chinese page with the same headings, tables, code blocks, commands,
 * names and links, or is listed in `untranslated`.
 */
export function checkPairs(
  root: string,
  untranslated: Readonly<Record<string, string>> = UNTRANSLATED,
): DocumentProblem[] {
  const pages = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join('docs', name.split(path.sep).join('/')))
    .filter((name) => name.endsWith('.md'));
  const english = pages.filter(
    (name) => ![CHINESE, ...ENGLISH_ONLY].some((folder) => name.startsWith(folder)),
  );
  const alone = pages.filter(
    (name) =>
      name.startsWith(CHINESE) &&
      !CHINESE_ONLY.includes(name) &&
      !english.includes(englishOf(name)),
  );
  const gone = Object.keys(untranslated).filter((name) => !english.includes(name));
  return [
    ...alone.map((where) => ({ where, problem: `there is no ${englishOf(where)}` })),
    ...gone.map((where) => ({ where, problem: 'is listed as untranslated and does not exist' })),
    ...english.flatMap((name) => {
      const translated = pages.includes(chineseOf(name));
      const listed = Object.hasOwn(untranslated, name);
      if (translated && !listed)
        return pageProblems(root, read(root, name), read(root, chineseOf(name)));
      if (translated)
        return [{ where: name, problem: 'is listed as untranslated and is translated' }];
      return listed ? [] : [{ where: name, problem: `there is no ${chineseOf(name)}` }];
    }),
  ];
}

const chineseOf = (name: string) => CHINESE + name.slice('docs/'.length);
const englishOf = (name: string) =>
  name.startsWith(CHINESE) ? `docs/${name.slice(CHINESE.length)}` : name;

function read(root: string, name: string): Page {
  return { name, sections: sectionsOf(readFileSync(path.join(root, name), 'utf8').split('\n')) };
}

function sectionsOf(lines: readonly string[]): Section[] {
  let section: Section = { at: 0, level: 0, tables: [], code: [], prose: [] };
  const sections = [section];
  let code: CodeBlock | undefined;
  let table: Block | undefined;
  lines.forEach((line, at) => {
    if (code) {
      if (FENCE.test(line)) code = undefined;
      else code.lines.push(line);
      return;
    }
    if (!line.trimStart().startsWith('|')) table = undefined;
    const level = /^(#{1,6})\s/.exec(line)?.[1]?.length;
    if (FENCE.test(line)) {
      code = { at, language: line.trim().replace(/^[`~]+/, ''), lines: [] };
      section.code.push(code);
    } else if (level !== undefined) {
      section = { at, level, tables: [], code: [], prose: [] };
      sections.push(section);
    } else if (table) table.lines.push(line);
    else if (line.trimStart().startsWith('|')) {
      table = { at, lines: [line] };
      section.tables.push(table);
    } else section.prose.push(line.trim());
  });
  return sections;
}

function pageProblems(root: string, english: Page, chinese: Page): DocumentProblem[] {
  const levels = english.sections.map(({ level }) => level);
  const differs = english.sections.findIndex(
    ({ level }, i) => chinese.sections[i]?.level !== level,
  );
  if (differs >= 0 || chinese.sections.length > levels.length) {
    const i = differs >= 0 ? differs : levels.length;
    return [
      {
        where: `${chinese.name}:${(chinese.sections[i]?.at ?? chinese.sections.at(-1)?.at ?? 0) + 1}`,
        problem: `heading ${i} has level ${chinese.sections[i]?.level ?? 'none'}, that of ${english.name} ${levels[i] ?? 'none'}`,
      },
    ];
  }
  return english.sections.flatMap((section, i) => {
    const other = chinese.sections[i];
    if (!other) return [];
    return [
      ...blockProblems(section.tables, other.tables, other.at, 'tables', tableProblems),
      ...blockProblems(section.code, other.code, other.at, 'code blocks', codeProblems),
      ...setProblems(linksOf(root, english, section), linksOf(root, chinese, other), 'link').map(
        (problem) => ({ at: other.at, problem }),
      ),
      ...setProblems(namesOf(section), namesOf(other), 'name').map((problem) => ({
        at: other.at,
        problem,
      })),
      ...missing(numbersOf(section.prose), numbersOf(other.prose)).map((number) => ({
        at: other.at,
        problem: `lacks the number ${number} of the section`,
      })),
    ].map(({ at, problem }) => ({ where: `${chinese.name}:${at + 1}`, problem }));
  });
}

interface Difference {
  at: number;
  problem: string;
}

function blockProblems<T extends Block>(
  english: readonly T[],
  chinese: readonly T[],
  at: number,
  what: string,
  compare: (english: T, chinese: T) => Difference[],
): Difference[] {
  if (english.length !== chinese.length)
    return [{ at, problem: `the section has ${chinese.length} ${what} and not ${english.length}` }];
  return english.flatMap((block, i) => {
    const other = chinese[i];
    return other ? compare(block, other) : [];
  });
}

function tableProblems(english: Block, chinese: Block): Difference[] {
  if (english.lines.length !== chinese.lines.length)
    return [
      {
        at: chinese.at,
        problem: `the table has ${chinese.lines.length - 2} rows and not ${english.lines.length - 2}`,
      },
    ];
  return english.lines.flatMap((line, row) => {
    const at = chinese.at + row;
    const cells = cellsOf(line);
    const others = cellsOf(chinese.lines[row] ?? '');
    if (cells.length !== others.length)
      return [{ at, problem: `the row has ${others.length} cells and not ${cells.length}` }];
    return cells.flatMap((cell, i) => {
      const other = others[i] ?? '';
      return [
        ...setProblems(spansOf([cell]), spansOf([other]), 'name'),
        ...missing(numbersOf([cell]), numbersOf([other])).map((number) => `lacks ${number}`),
      ].map((problem) => ({ at, problem: `cell ${i + 1}: ${problem}` }));
    });
  });
}

/** A block without a language is a drawing: its words may be translated, its lines are counted. */
function codeProblems(english: CodeBlock, chinese: CodeBlock): Difference[] {
  if (english.language !== chinese.language)
    return [
      {
        at: chinese.at,
        problem: `the code block is "${chinese.language}" and not "${english.language}"`,
      },
    ];
  const bare = ({ language, lines }: CodeBlock) =>
    lines.map((line) => (language ? withoutComment(language, line) : ''));
  const lines = bare(english);
  const others = bare(chinese);
  if (lines.length !== others.length)
    return [
      {
        at: chinese.at,
        problem: `the code block has ${others.length} lines and not ${lines.length}`,
      },
    ];
  return lines.flatMap((line, i) =>
    line === others[i]
      ? []
      : [{ at: chinese.at + 1 + i, problem: `the line of code is not: ${line}` }],
  );
}

function withoutComment(language: string, line: string): string {
  const comment = HASH_COMMENTS.includes(language) ? /(?:^|\s)#.*$/ : /(?:^|\s)\/[/*].*$/;
  return line.replace(comment, '').trimEnd();
}

const cellsOf = (row: string) =>
  row
    .trim()
    .split(/(?<!\\)\|/)
    .slice(1, -1);

/** What stands in backticks, and the npm commands, in the text of a section. */
function namesOf({ prose }: Section): Set<string> {
  const commands = prose.join(' ').matchAll(COMMAND);
  return new Set([...spansOf(prose), ...[...commands].map(([command]) => command)]);
}

function spansOf(lines: readonly string[]): Set<string> {
  return new Set([...lines.join(' ').matchAll(SPAN)].map(([, , name = '']) => name));
}

/** Numbers outside of names and link targets. */
function numbersOf(lines: readonly string[]): Set<string> {
  const text = lines
    .join(' ')
    .replace(SPAN, '')
    .replace(/\]\([^)]*\)/g, ']');
  return new Set(text.match(NUMBER) ?? []);
}

/**
 * The targets of the links of a section, as the English page has them: a page that has a Chinese page has to be linked
 * by the Chinese page, and an anchor is the number of its heading.
 */
function linksOf(root: string, page: Page, { prose, tables }: Section): Set<string> {
  const text = [...prose, ...tables.flatMap(({ lines }) => lines)].join(' ');
  return new Set(
    [...text.matchAll(LINK)].map(([, target = '']) => {
      if (/^[a-z]+:/i.test(target)) return target;
      const [file = '', anchor] = target.split('#');
      const name = file
        ? path.posix.normalize(
            path.posix.join(path.posix.dirname(page.name), decodeURIComponent(file)),
          )
        : page.name;
      const known = existsSync(path.join(root, name)) && name.endsWith('.md');
      const language = name.startsWith(CHINESE) ? '' : existsSync(path.join(root, chineseOf(name)));
      const wrong = page.name.startsWith(CHINESE) && language === true && name.startsWith('docs/');
      const heading =
        anchor !== undefined && known
          ? [...anchorsOf(readFileSync(path.join(root, name), 'utf8').split('\n'))].indexOf(
              decodeURIComponent(anchor),
            )
          : undefined;
      return `${wrong ? 'English ' : ''}${englishOf(name)}${heading === undefined ? '' : ` heading ${heading + 1}`}`;
    }),
  );
}

function setProblems(english: Set<string>, chinese: Set<string>, what: string): string[] {
  return [
    ...missing(english, chinese).map((name) => `lacks the ${what} ${name}`),
    ...missing(chinese, english).map((name) => `has a ${what} of its own: ${name}`),
  ];
}

const missing = (from: Set<string>, set: Set<string>) => [...from].filter((name) => !set.has(name));
