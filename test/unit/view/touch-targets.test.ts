import ts from 'typescript';
import { sourceFiles } from './source-files';

/** The least a finger can hit: WeChat's and Apple's guides. */
const LEAST = 44;

const styles = sourceFiles('.scss')
  .map(({ text }) => text)
  .join('\n');

/** What takes its size from elsewhere: the whole screen, and a menu whose height is set in px by the page. */
const SIZED_ELSEWHERE = ['menu-mask', 'menu-item'];

const tappable = sourceFiles('.tsx').flatMap(({ name, text }) =>
  tappableClasses(name, text).map((className) => [className, name] as const),
);

test('tappable things were found', () => {
  expect(tappable.length).toBeGreaterThan(15);
});

test.each(tappable.filter(([className]) => !SIZED_ELSEWHERE.includes(className)))(
  '.%s (%s) is high enough for a finger',
  (className) => {
    expect(heightOf(className)).toBeGreaterThanOrEqual(LEAST);
  },
);

/** The first class of each View that can be tapped, or held. */
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

/** The height its own rules give a class; what ::after adds around it counts, as it can be hit as well. */
function heightOf(className: string): number {
  const rules = [
    ...styles.matchAll(new RegExp(`(?:^|[\\s,])\\.${className}\\s*\\{([^}]*)\\}`, 'g')),
  ];
  const body = rules.map(([, rule]) => rule).join('\n');
  const own = Math.max(0, ...lengths(body, /(?:^|[\s;])(?:min-)?height:\s*([^;]+);/g));
  const line = Math.max(16, ...lengths(body, /(?:^|[\s;])line-height:\s*([^;]+);/g));
  const [, after = ''] = styles.match(new RegExp(`\\.${className}::after\\s*\\{([^}]*)\\}`)) ?? [];
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
