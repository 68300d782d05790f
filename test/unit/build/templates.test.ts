import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import attributes from '../../../config/templates/attributes';

const ROOT = path.resolve(__dirname, '../../..');

/** Given to every element by Taro's templates, or used by React and Taro only. */
const ALWAYS = ['className', 'style', 'id', 'key', 'ref', 'onClick', 'catchMove'];

/** The elements of a source that come from Taro, by their name in the file. */
function elementsOf(file: ts.SourceFile): Map<string, string> {
  const found = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    if ((statement.moduleSpecifier as ts.StringLiteral).text !== '@tarojs/components') continue;
    const names = statement.importClause?.namedBindings;
    if (!names || !ts.isNamedImports(names)) continue;
    for (const { name, propertyName, isTypeOnly } of names.elements)
      if (!isTypeOnly) found.set(name.text, (propertyName ?? name).text);
  }
  return found;
}

/** Names that a spread adds: those of object literals in it, and of a constant of the file with that name. */
function namesIn(expression: ts.Node, file: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) {
      file.forEachChild(function find(each): void {
        if (ts.isVariableDeclaration(each) && each.name.getText(file) === node.text)
          if (each.initializer && ts.isObjectLiteralExpression(each.initializer))
            visit(each.initializer);
        each.forEachChild(find);
      });
    } else if (ts.isObjectLiteralExpression(node)) {
      for (const property of node.properties)
        if (property.name) names.push(property.name.getText(file));
    } else node.forEachChild(visit);
  };
  visit(expression);
  return names;
}

/** `Element.attribute` of each use in a source, as Taro's table names it, and elements inside of a text. */
function usesIn(text: string): string[] {
  const file = ts.createSourceFile('a.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const elements = elementsOf(file);
  const uses: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node)) {
      const element = elements.get(node.tagName.getText(file));
      if (element) {
        uses.push(element);
        for (const attribute of node.attributes.properties) {
          const names = ts.isJsxAttribute(attribute)
            ? [attribute.name.getText(file)]
            : namesIn(attribute.expression, file);
          for (const name of names)
            if (!ALWAYS.includes(name) && !name.startsWith('data-'))
              uses.push(`${element}.${inTable(name)}`);
        }
      }
    }
    node.forEachChild(visit);
  };
  visit(file);
  return uses;
}

/** `onLongPress` is the event longTap in Taro's table, `ariaLabel` is aria-label. */
function inTable(name: string): string {
  if (/^on[A-Z]/.test(name)) return `bind${name.slice(2).replace('LongPress', 'LongTap')}`;
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const table = new Set(
  Object.entries(attributes).flatMap(([element, names]) => [
    element,
    ...names.map((name) => `${element}.${name}`),
  ]),
);
const used = new Set(
  readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((name) => usesIn(readFileSync(path.join(ROOT, 'src', name), 'utf8'))),
);

test('the templates have every element and attribute that the sources use', () => {
  expect(used.size).toBeGreaterThan(50);
  expect([...used].filter((use) => !table.has(use))).toEqual([]);
});

/** Elements whose attributes a source sets past React, by file. */
const PAST_REACT: Readonly<Record<string, string>> = {
  'components/composer/draft-field.ts': 'Textarea',
  'components/message-list/scroll-port.ts': 'ScrollView',
};

test('the templates have the attributes that sources set past React', () => {
  const set = Object.entries(PAST_REACT).flatMap(([name, element]) => {
    const text = readFileSync(path.join(ROOT, 'src', name), 'utf8');
    return [...text.matchAll(/setAttribute\('(\w+)'/g)].map(
      ([, attribute = '']) => `${element}.${inTable(attribute)}`,
    );
  });
  expect(set).toContain('Textarea.cursor');
  expect(set.filter((use) => !table.has(use))).toEqual([]);
});

test('the templates have nothing that no source uses', () => {
  // Taro makes blocks itself, and switches the focus of a field with an attribute of its own.
  const own = ['Block', 'Input.focus', 'Textarea.cursor'];
  expect([...table].filter((each) => !used.has(each) && !own.includes(each))).toEqual([]);
});

test('a planted attribute, event and element are found', () => {
  const text = `import { View, Slider as Range, type CommonEvent } from '@tarojs/components';
    const more = { onTransitionEnd: end };
    <View className="a" animation={a} {...(b && { hoverStayTime: 5 })} {...more}><Range /></View>`;
  expect(usesIn(text)).toEqual([
    'View',
    'View.animation',
    'View.hover-stay-time',
    'View.bindTransitionEnd',
    'Slider',
  ]);
});
