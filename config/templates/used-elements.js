const path = require('node:path');
const usedElementsOf = require('./used');

/** The runtime numbers attributes, and events have no number. */
const table = JSON.stringify(
  Object.fromEntries(
    Object.entries(usedElementsOf()).map(([name, used]) => [
      name,
      Object.fromEntries(used.filter((each) => !each.startsWith('bind')).map((each) => [each, ''])),
    ]),
  ),
);

/**
 * What is replaced in each file of Taro's runtime: the tables of all elements of WeChat (14 KB) by that of the app, and
 * the parser of innerHTML (9 KB), which React does not call. The parts are between known lines.
 */
const CUTS = {
  'components.js': {
    start: 'const View = ',
    end: '\n};\nconst controlledComponent = ',
    instead: `const internalComponents = ${table};\nconst controlledComponent = `,
  },
  'runtime.js': {
    start: 'const components = {',
    end: '\n};\n\nconst hostConfig = ',
    instead: 'const components = {};\n\nconst hostConfig = ',
  },
  'html.js': {
    start: "import { parser } from './parser.js';",
    end: '\nexport { setInnerHTML };',
    instead: 'function setInnerHTML() {}\nexport { setInnerHTML };',
  },
};

/** webpack loader: shortens Taro's runtime. A Taro that has the parts elsewhere fails the build. */
module.exports = function usedElements(source) {
  const { start, end, instead } = CUTS[path.basename(this.resourcePath)];
  const from = source.indexOf(start);
  const to = source.indexOf(end, from);
  if (from < 0 || to < 0)
    throw new Error(`${this.resourcePath} has no "${from < 0 ? start : end}"`);
  return source.slice(0, from) + instead + source.slice(to + end.length);
};
