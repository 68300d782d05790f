import { parseArgs } from 'node:util';
import type { Figure } from '../test/bench/figures';

// MobX reads the variable when it loads: both stores are measured in their production form.
process.env.NODE_ENV = 'production';

/**
 * `npm run bench [-- TOPIC] [--json]`: measures figures and fails when a figure is over its budget. Without a topic it
 * measures all figures in one run; `connection` prints a table of another form. Store and memory come first, because a
 * host leaves much garbage.
 */
const TOPICS: Readonly<Record<string, () => Promise<Figure[]>>> = {
  package: async () => (await import('../test/bench/package-bench')).benchPackage(),
  store: async () => (await import('../test/bench/store-bench')).benchStore(),
  memory: async () => (await import('../test/bench/memory-bench')).benchMemory(),
  start: async () => (await import('../test/bench/start-bench')).benchStart(),
  signIn: async () => (await import('../test/bench/sign-in-bench')).benchSignIn(),
  view: async () => (await import('../test/bench/view-bench')).benchView(),
  kinds: async () => (await import('../test/bench/kinds-bench')).benchKinds(),
  team: async () => (await import('../test/bench/team-bench')).benchTeam(),
  people: async () => (await import('../test/bench/people-bench')).benchPeople(),
  flood: async () => (await import('../test/bench/flood-bench')).benchFlood(),
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [topic] = positionals;
  if (topic === 'flood' && values.json) {
    const { measureFlood } = await import('../test/bench/flood-bench');
    console.log(JSON.stringify(await measureFlood()));
    return;
  }
  if (topic === 'connection') {
    const { benchConnection } = await import('../test/bench/connection-bench');
    return await benchConnection(values.json);
  }
  const chosen = topic === undefined ? Object.keys(TOPICS) : [topic];
  if (topic !== undefined && !TOPICS[topic]) {
    console.error(
      `bench: no topic ${topic}; there are connection, ${Object.keys(TOPICS).join(', ')}`,
    );
    process.exit(2);
  }
  const figures: Figure[] = [];
  for (const name of chosen) {
    process.stderr.write(`bench: ${name}\n`);
    const measured = (await TOPICS[name]?.()) ?? [];
    figures.push(...measured);
    if (!values.json) measured.forEach(print);
  }
  if (values.json) console.log(JSON.stringify({ figures }));
  const over = figures.filter(({ ok }) => !ok);
  if (over.length > 0) {
    for (const { name, value, budget } of over)
      console.error(`bench: ${name} is ${value}, its budget ${budget}`);
    process.exitCode = 1;
  }
}

function print({ name, value, budget, ok, unit, note = '' }: Figure): void {
  const number = (n: number) => `${n.toLocaleString('en')}${unit && ` ${unit}`}`;
  console.log(
    `${ok ? ' ' : '!'} ${name.padEnd(22)} ${number(value).padStart(14)}   budget ${number(budget).padStart(14)}   ${note}`,
  );
}

void main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
