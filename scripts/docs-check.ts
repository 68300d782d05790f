import { ROOT } from './lib/build';
import { checkComments } from './lib/comment-references';
import { checkDocuments } from './lib/docs-check';
import { checkPairs } from './lib/docs-pairs';

/**
 * `npm run docs:check`: verifies that links, anchors, commands, paths and tests in the documents, and documents,
 * sections and seeds in the comments of the code exist, and that the Chinese pages are in step with the English ones.
 */
const problems = [...checkDocuments(ROOT), ...checkComments(ROOT), ...checkPairs(ROOT)];
for (const { where, problem } of problems) console.error(`${where}: ${problem}`);
console.log(
  problems.length === 0
    ? 'documents and comments: every reference resolves, both languages are in step'
    : `${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
