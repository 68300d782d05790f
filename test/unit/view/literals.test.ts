import ts from 'typescript';
import { type SourceFile, sourceFiles } from './source-files';

/** Shown before stores exist, and so before a language is known. */
const BEFORE_LANGUAGE = ['app.tsx'];
/** Attributes that the user reads or hears. */
const SPOKEN = ['ariaLabel', 'placeholder', 'title', 'hint', 'value', 'alt'];
const LETTERS = /\p{L}/u;
const CHINESE = /[\u3400-\u9fff]/;

const views = sourceFiles('.tsx').filter(({ name }) => !BEFORE_LANGUAGE.includes(name));

test.each(views.map((file) => [file.name, file] as const))(
  '%s contains no literal text',
  (_, file) => {
    expect(textsIn(file)).toEqual([]);
  },
);

test('only catalogues and reasons contain Chinese', () => {
  const allowed =
    /^(i18n\/zh-CN\.ts|i18n\/en\.ts|i18n\/traditional-table\.ts|connection\/((team|room)-)?reasons.*\.ts|app\.tsx|app\.config\.ts|embed\/texts\.ts|sdk\/service-rows\.ts|stores\/messages\/kinds\/emoji-codes\.ts|components\/composer\/emoji-table\.ts|(packages|components)\/(\w+\/)+texts\.ts)$/;
  const found = sourceFiles('.ts', '.tsx')
    .filter(({ name }) => !allowed.test(name))
    .filter((file) => strings(file).some((text) => CHINESE.test(text)))
    .map(({ name }) => name);
  expect(found).toEqual([]);
});

function textsIn(file: SourceFile): string[] {
  const found: string[] = [];
  visit(file, (node) => {
    if (ts.isJsxText(node) && LETTERS.test(node.text)) found.push(node.text.trim());
    if (
      ts.isJsxAttribute(node) &&
      SPOKEN.includes(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer) &&
      LETTERS.test(node.initializer.text)
    ) {
      found.push(node.initializer.text);
    }
  });
  return found;
}

function strings(file: SourceFile): string[] {
  const found: string[] = [];
  visit(file, (node) => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) found.push(node.text);
    if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node))
      found.push(node.text);
  });
  return found;
}

function visit({ name, text }: SourceFile, see: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    see(node);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
}
