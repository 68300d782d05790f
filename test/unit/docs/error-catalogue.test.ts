import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { allReasons } from '@/connection';
import '@/connection/room-reasons';
import '@/connection/team-reasons';
import { errorCatalogue } from '../../../scripts/lib/error-catalogue';
import { CAUSES_ZH } from '../../../scripts/lib/error-causes-zh';
import { sourceFiles } from '../view/source-files';

/** Upper end of success codes and small numbers such as kick reasons. */
const SUCCESS = 200;
const SIX_DIGITS = /^(1\d{5}|60\d{4})$/;
/** A comment names a code without a call: `@throws ConnectionError 191002`. */
const IN_COMMENT = /@throws[^*\n]*/g;
/** Calls whose first argument is a code. */
const TAKES_CODE = ['ConnectionError', 'MeetingKitError', 'reasonOf', 'signedOutText'];
const COMPARES = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

const known = new Set(allReasons().map(({ code }) => code));

test('docs/errors.md equals the reasons table (npm run errors writes the file)', () => {
  const written = readFileSync(path.resolve(__dirname, '../../../docs/errors.md'), 'utf8');
  expect(written).toBe(errorCatalogue(allReasons()));
});

test('docs/zh-CN/errors.md equals the reasons table with its Chinese causes', () => {
  const written = readFileSync(path.resolve(__dirname, '../../../docs/zh-CN/errors.md'), 'utf8');
  expect(written).toBe(errorCatalogue(allReasons(), 'zh'));
});

test('every code has a Chinese cause, and a Chinese remedy where the table has a remedy', () => {
  const have = Object.entries(CAUSES_ZH).map(([code, [cause, fix]]) => [
    Number(code),
    cause !== '',
    fix !== undefined,
  ]);
  const want = allReasons().map(({ code, fix }) => [code, true, fix !== 'None']);
  const byCode = (rows: unknown[][]) => rows.sort(([a], [b]) => Number(a) - Number(b));
  expect(byCode(have)).toEqual(byCode(want));
});

test('every code of the table has a single line in the catalogue', () => {
  const lines = errorCatalogue(allReasons()).match(/^\| \d+ /gm) ?? [];
  expect(lines.map((line) => Number(line.slice(2))).sort((a, b) => a - b)).toEqual(
    [...known].sort((a, b) => a - b),
  );
});

test('every code that src throws, handles or names is in the table', () => {
  const missing = sourceFiles('.ts', '.tsx')
    .filter(({ name }) => !/^connection\/(team-)?reasons\.ts$/.test(name))
    .flatMap(({ name, text }) =>
      codesIn(name, text)
        .filter((code) => !known.has(code))
        .map((code) => `${name}: ${code}`),
    );
  expect(missing).toEqual([]);
});

test('the search finds a code in every notation', () => {
  const found = (text: string) => codesIn('x.ts', text);
  expect(found('throw new ConnectionError(999, "x")')).toEqual([999]);
  expect(found('if (error.code === 418) stop()')).toEqual([418]);
  expect(found('const GONE = 410; if (failure.code !== GONE) stop()')).toEqual([410]);
  expect(found('const FINAL = [410, 411]; FINAL.includes(error.code)')).toEqual([410, 411]);
  expect(found('const A = { gone: 118_999 }')).toEqual([118999]);
  expect(found("const A = { 'remedy.118999': 'x' }")).toEqual([118999]);
  expect(found('/** @throws ConnectionError 118999 when it is gone */')).toEqual([118999]);
  expect(found('const WIDTH = 375; if (status === 404) stop()')).toEqual([]);
});

/** Six-digit numbers are codes everywhere; shorter numbers only where a code is thrown or compared. */
function codesIn(name: string, text: string): number[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const constants = new Map<string, number[]>();
  const codes = new Set<number>();
  const add = (code: number) => code > SUCCESS && codes.add(code);
  const numbersOf = (node: ts.Node): number[] => {
    if (ts.isNumericLiteral(node)) return [Number(node.text)];
    if (ts.isIdentifier(node)) return constants.get(node.text) ?? [];
    if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(numbersOf);
    if (ts.isConditionalExpression(node))
      return [...numbersOf(node.whenTrue), ...numbersOf(node.whenFalse)];
    return [];
  };
  const see = (node: ts.Node): void => {
    if (ts.isNumericLiteral(node) && SIX_DIGITS.test(node.text)) add(Number(node.text));
    if (ts.isStringLiteralLike(node)) {
      const named = /^\w+\.(\d{3,6})$/.exec(node.text)?.[1];
      if (named !== undefined) add(Number(named));
    }
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, numbersOf(node.initializer));
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const [first] = node.arguments ?? [];
      if (first && TAKES_CODE.includes(node.expression.getText())) numbersOf(first).forEach(add);
      if (first && isCode(first) && ts.isPropertyAccessExpression(node.expression))
        numbersOf(node.expression.expression).forEach(add);
    }
    if (ts.isBinaryExpression(node) && COMPARES.has(node.operatorToken.kind)) {
      if (isCode(node.left)) numbersOf(node.right).forEach(add);
      if (isCode(node.right)) numbersOf(node.left).forEach(add);
    }
    ts.forEachChild(node, see);
  };
  // Runs twice, because a constant may stand below its use.
  see(source);
  see(source);
  for (const [comment] of text.matchAll(IN_COMMENT))
    for (const [digits] of comment.matchAll(/\b\d{6}\b/g)) add(Number(digits));
  return [...codes];
}

function isCode(node: ts.Node): boolean {
  return /(^|\.|\?\.)(code|errorCode|reason)$/i.test(node.getText());
}
