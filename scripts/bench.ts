import { parseArgs } from 'node:util';
import { benchConnection } from '../test/bench/connection-bench';

/** `npm run bench -- TOPIC [--json]`: one object, or a table for people. */
const TOPICS: Readonly<Record<string, (json: boolean) => Promise<void>>> = {
  connection: benchConnection,
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const topic = TOPICS[positionals[0] ?? ''];
if (!topic) {
  console.error(`bench: name a topic: ${Object.keys(TOPICS).join(', ')}`);
  process.exit(2);
}
void topic(values.json).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
