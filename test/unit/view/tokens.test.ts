import { readFileSync } from 'node:fs';
import path from 'node:path';
import theme from '@/theme.json';
import { SOURCE, sourceFiles } from './source-files';

type Tokens = Readonly<Record<string, string>>;

const source = readFileSync(path.join(SOURCE, 'styles/tokens.scss'), 'utf8');
const constant = tokensOf('constant');
const themes = { light: tokensOf('light'), dark: tokensOf('dark') };

/** Text colours, each with the background colours behind the text. */
const PAIRS: readonly (readonly [text: string, ground: string])[] = [
  ['text', 'ground'],
  ['text', 'surface'],
  ['text', 'surface-stuck'],
  ['text', 'surface-pressed'],
  ['text', 'nav'],
  ['text', 'field'],
  ['text-weak', 'ground'],
  ['text-weak', 'surface'],
  ['text-weak', 'surface-stuck'],
  ['text-weak', 'bar'],
  ['text-weak', 'field'],
  ['text-weak', 'button-quiet'],
  ['text-weak', 'skeleton'],
  ['text-weak', 'tint'],
  ['text-weak', 'quote'],
  ['text-link', 'tint'],
  ['text-link', 'ground'],
  ['text-link', 'surface'],
  ['text-danger', 'surface'],
  ['button-text', 'button'],
  ['button-quiet-text', 'button-quiet'],
  ['button-quiet-text', 'surface'],
  ['badge-text', 'badge'],
  ['bubble-mine-text', 'bubble-mine'],
  ['bubble-mine-link', 'bubble-mine'],
  ['text-link', 'bubble-theirs'],
  ['bubble-theirs-text', 'bubble-theirs'],
  ['banner-text', 'banner'],
  ['menu-text', 'menu'],
  ['call-text', 'call-ground'],
  ['call-text-weak', 'call-ground'],
  ['call-text', 'call-button'],
  ['call-text', 'call-accept'],
  ['call-text', 'call-hang-up'],
  ...Array.from({ length: 8 }, (_, index) => ['avatar-text', `avatar-${index}`] as const),
];

describe.each(Object.entries(themes))('in the %s theme', (_, tokens) => {
  test.each(PAIRS)('%s is readable on %s', (text, ground) => {
    const all = { ...constant, ...tokens };
    expect(contrast(all[text], all[ground])).toBeGreaterThanOrEqual(4.5);
  });
});

test('the call sheet has an edge on every background', () => {
  const line = constant['call-line'];
  for (const name of ['light', 'dark'] as const) {
    for (const ground of ['ground', 'surface', 'surface-stuck'] as const)
      expect(contrast(line, themes[name][ground])).toBeGreaterThanOrEqual(3);
  }
  const sheet = readFileSync(path.join(SOURCE, 'components/call/call-sheet.scss'), 'utf8');
  expect(sheet).toContain('border: 1px solid var(--call-line);');
});

test('both themes have the same tokens', () => {
  expect(Object.keys(themes.dark)).toEqual(Object.keys(themes.light));
});

test("WeChat's own bars have the colours of the pages", () => {
  for (const name of ['light', 'dark'] as const) {
    const { nav, ground, bar, 'text-weak': tabText } = themes[name];
    expect(theme[name]).toMatchObject({ nav, ground, bar, tabText });
    expect(contrast(theme[name].tabText, theme[name].bar)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme[name].tabSelected, theme[name].bar)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme[name].navFront, theme[name].nav)).toBeGreaterThanOrEqual(4.5);
  }
});

describe('colours', () => {
  const COLOUR =
    /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(|(?<=:[^;{]*)\b(?:white|black|red|green|blue|gr[ae]y)\b/i;
  const styles = sourceFiles('.scss').filter(({ name }) => name !== 'styles/tokens.scss');
  const scripts = sourceFiles('.ts', '.tsx').filter(({ name }) =>
    /^(pages|packages|components)/.test(name),
  );

  test.each(styles.map(({ name, text }) => [name, text]))(
    '%s contains no literal colour',
    (_, text) => {
      expect(
        withoutComments(text)
          .split('\n')
          .filter((line) => COLOUR.test(line)),
      ).toEqual([]);
    },
  );

  test('a component contains no literal colour', () => {
    const named = scripts
      .filter(({ text }) => /['"`]#[0-9a-f]{3,8}['"`]|rgba?\(/i.test(text))
      .map(({ name }) => name);
    expect(named).toEqual([]);
  });

  test('every variable in use is a token', () => {
    const known = new Set([...Object.keys(constant), ...Object.keys(themes.light)]);
    const unknown = styles.flatMap(({ name, text }) =>
      [...text.matchAll(/var\(--([\w-]+)\)/g)]
        .map(([, token]) => token ?? '')
        .filter((token) => !known.has(token))
        .map((token) => `${name}: ${token}`),
    );
    expect(unknown.filter((use) => !use.includes('#'))).toEqual([]);
  });
});

function tokensOf(mixin: string): Tokens {
  const [, body = ''] = source.match(new RegExp(`@mixin ${mixin} \\{([^}]*)\\}`)) ?? [];
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** WCAG 2.1, relative luminance. */
function contrast(a = '', b = ''): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => {
    const share = parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, '');
}
