// Lints one import per pair read from stdin and prints the rules it broke. A process of its own, because
// eslint loads its configuration with import(), which jest's module sandbox does not offer.
import { ESLint } from 'eslint';
import path from 'node:path';

let input = '';
for await (const chunk of process.stdin) input += chunk;
const eslint = new ESLint();
const results = [];
for (const [file, imported] of JSON.parse(input)) {
  const [result] = await eslint.lintText(`import * as x from '${imported}';\nexport default x;\n`, {
    filePath: path.resolve(file),
  });
  results.push(result.messages.map(({ ruleId }) => ruleId ?? 'parse error'));
}
console.log(JSON.stringify(results));
