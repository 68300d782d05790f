import { ROOT } from './lib/build';
import { checkDocuments } from './lib/docs-check';

/** `npm run docs:check`: links, anchors, commands, paths and tests named in the documents exist. */
const problems = checkDocuments(ROOT);
for (const { where, problem } of problems) console.error(`${where}: ${problem}`);
console.log(
  problems.length === 0 ? 'documents: all they name is there' : `${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
