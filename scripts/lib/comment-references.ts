import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DocumentProblem } from './docs-check';

/** Folders with code whose comments are checked. */
const FOLDERS = ['src', 'emulator', 'test', 'scripts', 'config', 'ci/src', 'types'];
const CODE = /\.(?:tsx?|mts|m?js|scss)$/;
/** A line of a comment, with its text. */
const WHOLE_LINE = /^\s*(?:\/\/+|\/\*+|\*+\/?)\s?(.*)$/;
/** A comment behind code on the same line. */
const TRAILING = /\s\/(?:\/|\*\*?)\s(.*)$/;

const PATH = /\bdocs\/[\w./-]*\w/g;
const DECISION = /\bdecisions?[ /](\d{3})\b/g;
/** `docs/yunxin-protocol.md, section 6.4`, or `sections` with more than one number. */
const SECTION = /(\bdocs\/[\w/-]+\.md), sections? ((?:\d+(?:\.\d+)*(?:, | and )?)+)/g;
const SEEDS = /\bseeds? (00\d(?:(?:, | and )00\d)*)\b/gi;
const SEED_MAP = 'docs/seed-map.md';
const PROTOCOL = 'docs/yunxin-protocol.md';
/** Names of shapes and appendices in a description that the repository does not have. */
const ELSEWHERE = /\b(?:shapes? [A-Z]\d+|appendix [A-C])\b/gi;
const NO_DOCUMENT = /\b(?:wechat-rules|yunxin-wire-protocol|seed-audit)\b/gi;

interface Comment {
  line: number;
  text: string;
}

/** Checks that every document, section, decision and seed that a comment in the code cites is in the repository. */
export function checkComments(root: string): DocumentProblem[] {
  const headings = new Map<string, readonly string[]>();
  const headingsOf = (document: string) => {
    const known = headings.get(document) ?? readHeadings(path.join(root, document));
    headings.set(document, known);
    return known;
  };
  return codeFiles(root).flatMap((name) =>
    commentsOf(readFileSync(path.join(root, name), 'utf8')).flatMap(({ line, text }) =>
      problemsOf(root, text, headingsOf).map((problem) => ({ where: `${name}:${line}`, problem })),
    ),
  );
}

function problemsOf(
  root: string,
  text: string,
  headingsOf: (document: string) => readonly string[],
): string[] {
  const problems: string[] = [];
  for (const [cited] of text.matchAll(PATH)) {
    if (!existsSync(path.join(root, cited)) && !/^docs\/decisions\/\d{3}$/.test(cited))
      problems.push(`there is no ${cited}`);
  }
  for (const [cited, number = ''] of text.matchAll(DECISION)) {
    if (!filesIn(root, 'docs/decisions').some((name) => name.includes(`/${number}-`)))
      problems.push(`there is no ${cited}`);
  }
  for (const [, document = '', sections = ''] of text.matchAll(SECTION)) {
    const known = headingsOf(document);
    for (const section of sections.match(/\d+(?:\.\d+)*/g) ?? []) {
      if (!known.some((title) => title.startsWith(`${section} `)))
        problems.push(`${document} has no section ${section}`);
    }
  }
  for (const [cited, seeds = ''] of text.matchAll(SEEDS)) {
    if (!text.includes(SEED_MAP)) problems.push(`"${cited}" is cited without ${SEED_MAP}`);
    for (const seed of seeds.match(/\d+/g) ?? []) {
      if (!headingsOf(SEED_MAP).some((title) => title.startsWith(`Seed ${seed}:`)))
        problems.push(`${SEED_MAP} has no seed ${seed}`);
    }
  }
  if (/\bwire[- ]protocol\b/i.test(text) && !text.includes(PROTOCOL))
    problems.push(`the wire protocol is cited without ${PROTOCOL}`);
  for (const [cited] of [...text.matchAll(ELSEWHERE), ...text.matchAll(NO_DOCUMENT)])
    problems.push(`"${cited}" is not in the repository`);
  return problems;
}

/** Comments of a file; consecutive comment lines are one comment, so that a citation may be wrapped. */
function commentsOf(code: string): Comment[] {
  const comments: Comment[] = [];
  let open: Comment | undefined;
  code.split('\n').forEach((source, index) => {
    const whole = WHOLE_LINE.exec(source)?.[1];
    if (whole === undefined) {
      const trailing = TRAILING.exec(source)?.[1];
      if (trailing !== undefined) comments.push({ line: index + 1, text: trailing });
      open = undefined;
    } else if (open) {
      open.text += ` ${whole}`;
    } else {
      open = { line: index + 1, text: whole };
      comments.push(open);
    }
  });
  return comments;
}

function readHeadings(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line) => /^#{1,6}\s+(.*?)\s*$/.exec(line)?.[1] ?? []);
}

function codeFiles(root: string): string[] {
  const top = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  return [...top, ...FOLDERS.flatMap((folder) => filesIn(root, folder))].filter((name) =>
    CODE.test(name),
  );
}

function filesIn(root: string, folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
    path.posix.join(folder, name.split(path.sep).join('/')),
  );
}
