// Lints each [file, code] pair from stdin and prints the rules that the code breaks. Runs as its own process,
// because eslint loads its configuration with import(), which jest's module sandbox does not offer.
import { ESLint } from 'eslint';
import path from 'node:path';

let input = '';
for await (const chunk of process.stdin) input += chunk;
const eslint = new ESLint();
const results = [];
for (const [file, code] of JSON.parse(input)) {
  const [result] = await eslint.lintText(code, { filePath: path.resolve(file) });
  results.push(result.messages.map(({ ruleId }) => ruleId ?? 'parse error'));
}
console.log(JSON.stringify(results));
