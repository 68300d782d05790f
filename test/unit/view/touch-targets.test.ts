import ts from 'typescript';
import { sourceFiles } from './source-files';

/** Minimum size of a touch target by WeChat's and Apple's guides. */
const LEAST = 44;

const styles = sourceFiles('.scss')
  .map(({ text }) => text)
  .join('\n');

/**
 * Classes with a size from elsewhere: the whole screen, a menu whose height the page sets in px, and a link inside a
 * text, which has the height of its line (WCAG 2.5.8 excepts these).
 */
const SIZED_ELSEWHERE = ['bubble', 'menu-mask', 'pm-mask', 'menu-item', 'mark'];
/** A bubble that is a button has one of these classes; other bubbles are no targets. */
const TAPPABLE_BUBBLES = ['rec', 'file', 'loc'];

const tappable = sourceFiles('.tsx').flatMap(({ name, text }) =>
  tappableClasses(name, text).map((className) => [className, name] as const),
);

test('the search finds tappable nodes', () => {
  expect(tappable.length).toBeGreaterThan(15);
});

test.each(TAPPABLE_BUBBLES)(
  'a bubble of the class .%s is high enough for a finger',
  (className) => {
    expect(heightOf(className)).toBeGreaterThanOrEqual(LEAST);
  },
);

test.each(tappable.filter(([className]) => !SIZED_ELSEWHERE.includes(className)))(
  '.%s (%s) is high enough for a finger',
  (className) => {
    expect(heightOf(className)).toBeGreaterThanOrEqual(LEAST);
  },
);

/** The first class of each View with a tap or long-press handler. */
function tappableClasses(name: string, text: string): string[] {
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    if (
      (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) &&
      node.tagName.getText() === 'View' &&
      node.attributes.properties.some((one) => one.name?.getText() === 'onClick')
    ) {
      const className = node.attributes.properties.find(
        (one) => one.name?.getText() === 'className',
      );
      const [, first] = className?.getText().match(/['"`]([\w-]+)/) ?? [];
      if (first) found.push(first);
    }
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

/** The height from a class's own rules; ::after can also be tapped, so its overhang counts. */
function heightOf(className: string): number {
  const rules = [
    ...styles.matchAll(
      new RegExp(`(?:^|[\\s,])(?:\\.bubble)?\\.${className}\\s*\\{([^}]*)\\}`, 'g'),
    ),
  ];
  const body = rules.map(([, rule]) => rule).join('\n');
  const own = Math.max(0, ...lengths(body, /(?:^|[\s;])(?:min-)?height:\s*([^;]+);/g));
  const line = Math.max(16, ...lengths(body, /(?:^|[\s;])line-height:\s*([^;]+);/g));
  const [, after = ''] =
    styles.match(new RegExp(`\\.${className}::after\\s*(?:,[^{]*)?\\{([^}]*)\\}`)) ?? [];
  const around = lengths(after, /(?:^|[\s;])(?:top|bottom):\s*(-[^;]+);/g).reduce(
    (sum, one) => sum - one,
    0,
  );
  return (own || line) + around;
}

function lengths(body: string, pattern: RegExp): number[] {
  return [...body.matchAll(pattern)].map(([, value = '']) => {
    const [, token] = value.match(/var\(--([\w-]+)\)/) ?? [];
    const [, length = value] = token
      ? (styles.match(new RegExp(`--${token}:\\s*([^;]+);`)) ?? [])
      : [];
    return parseFloat(length);
  });
}
