const { readFileSync } = require('node:fs');
const path = require('node:path');
const theme = require('../../src/theme.json');

const TOKENS = path.resolve(__dirname, '../../src/styles/tokens.scss');
/** Least contrast of a text to its ground by WCAG 2.1, level AA. */
const LEAST = 4.5;
/** The selected tab is drawn by WeChat: src/theme.json has its colour, which no style sheet reads. */
const TAB = 'tab-selected';

/** Texts with the grounds behind them, as in test/unit/view/tokens.test.ts, of the colours that a product may set. */
const PAIRS = [
  ['button-text', 'button'],
  ['button-quiet-text', 'button-quiet'],
  ['button-quiet-text', 'surface'],
  ['bubble-mine-text', 'bubble-mine'],
  ['bubble-mine-link', 'bubble-mine'],
  [TAB, 'bar'],
];

/** The tokens of a theme as in tokens.scss, with the colours of the product. */
function tokensOf(product, name) {
  const [, body = ''] =
    readFileSync(TOKENS, 'utf8').match(new RegExp(`@mixin ${name} \\{([^}]*)\\}`)) ?? [];
  return {
    ...Object.fromEntries(
      [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, token, value]) => [token, value]),
    ),
    [TAB]: theme[name].tabSelected,
    ...product.colours?.[name],
  };
}

/** Pairs of the product's colours that nobody can read, each with the way to mend it. */
function colourProblems(product) {
  return ['light', 'dark'].flatMap((name) => {
    const own = product.colours?.[name] ?? {};
    const tokens = tokensOf(product, name);
    return PAIRS.filter(([text, ground]) => text in own || ground in own).flatMap(
      ([text, ground]) => {
        const found = contrast(tokens[text], tokens[ground]);
        if (found >= LEAST) return [];
        const key = `.colours.${name}.${text in own ? text : ground}`;
        return [
          `${key}: ${text} ${tokens[text]} on ${ground} ${tokens[ground]} has a contrast of ` +
            `${found.toFixed(1)}, and ${LEAST} is needed; make one of the two darker or lighter`,
        ];
      },
    );
  });
}

/** src/theme.json with the product's colour of the selected tab. */
function themeOf(product) {
  return Object.fromEntries(
    Object.entries(theme).map(([name, colours]) => [
      name,
      { ...colours, tabSelected: tokensOf(product, name)[TAB] },
    ]),
  );
}

/**
 * The options of sass-loader that hand the product's colours to tokens.scss. A function of the text, because an import
 * of a written file would be shared by builds that run at the same time.
 */
function sassOptions(product) {
  const maps = ['light', 'dark'].map((name) => {
    const { [TAB]: _, ...own } = product.colours?.[name] ?? {};
    const entries = Object.entries(own).map(([token, value]) => `'${token}': ${value}`);
    return `$product-${name}: (${entries.join(', ')})`;
  });
  return {
    additionalData: (text, { resourcePath }) =>
      path.basename(resourcePath) === 'app.scss'
        ? text.replace("@use './tokens';", `@use './tokens' with (${maps.join(', ')});`)
        : text,
  };
}

function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.1, relative luminance of #rrggbb. */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const share = parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

module.exports = { colourProblems, sassOptions, themeOf };
