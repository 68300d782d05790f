import { type BuiltPackage, ES_LEVEL, parseScript } from './built-package';
import type { Found } from './finding';

/** Checks that every script parses at the syntax level of the oldest phone; otherwise that phone shows a blank page. */
export function checkJavaScript(built: BuiltPackage): Found[] {
  return built.withExtension('.js').flatMap((file): Found[] => {
    const nodes = built.nodes(file);
    if (!nodes) return [syntaxError(file, built.text(file))];
    return nodes.flatMap(({ node }): Found[] => {
      const { regex } = node as { regex?: { pattern: string } };
      if (node.type !== 'Literal' || !regex || !/\(\?<[=!]/.test(regex.pattern)) return [];
      return [
        {
          ...built.placeOf(file, node),
          message: `looks behind in a regular expression: /${regex.pattern.slice(0, 60)}/`,
          fix: 'Write it without (?<= and (?<!: iOS before 16.4 refuses the whole file.',
        },
      ];
    });
  });
}

function syntaxError(file: string, text: string): Found {
  const fix = `Run it through Babel (config/index.ts, compile.include) or write it in ES${ES_LEVEL}.`;
  try {
    parseScript(text);
    return { file, message: 'cannot be parsed', fix };
  } catch (error) {
    const { loc, message } = error as SyntaxError & { loc?: { line: number; column: number } };
    return {
      file,
      ...(loc ? { line: loc.line, column: loc.column + 1 } : {}),
      message: `is not ES${ES_LEVEL}: ${message.replace(/\s*\(\d+:\d+\)$/, '')}`,
      fix,
    };
  }
}
