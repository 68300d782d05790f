import ts from 'typescript';
import { sourceFiles } from './source-files';

/** Nodes that only a finger can tap, each with the reason why a keyboard does not need the node. */
const NO_STOP = new Map([
  ['menu-mask', 'lies around a menu that a finger opened'],
  ['chat-top', 'scrolling up asks for older messages as well'],
  ['face', 'the list of members leads to the same card'],
  ['emoji', 'a keyboard has its own emoji'],
]);

/** Tappable nodes by first class, and whether each node has a role. */
const tappable = sourceFiles('.tsx').flatMap(({ name, text }) => tappables(name, text));

test('the search finds tappable nodes', () => {
  expect(tappable.length).toBeGreaterThan(30);
});

test('every tappable node has a role for screen readers and keyboards', () => {
  const silent = tappable.filter(({ className, hasRole }) => !hasRole && !NO_STOP.has(className));
  expect(silent.map(({ name, className }) => `${name} .${className}`)).toEqual([]);
});

test('roles and labels are attributes: in a spread object the browser build does not translate them', () => {
  const spread = sourceFiles('.ts', '.tsx').filter(({ text }) => /\baria(Role|Label):/.test(text));
  expect(spread.map(({ name }) => name)).toEqual([]);
});

function tappables(name: string, text: string) {
  const found: { name: string; className: string; hasRole: boolean }[] = [];
  const walk = (node: ts.Node): void => {
    if (
      (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) &&
      node.tagName.getText() === 'View'
    ) {
      const { properties } = node.attributes;
      const named = (wanted: string) => properties.find((one) => one.name?.getText() === wanted);
      const [, className = ''] =
        named('className')
          ?.getText()
          .match(/['"`]([\w-]+)/) ?? [];
      const hasRole = !!named('ariaRole') || properties.some(ts.isJsxSpreadAttribute);
      if (named('onClick')) found.push({ name, className, hasRole });
    }
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}
