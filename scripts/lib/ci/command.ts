import { parseArgs, type ParseArgsConfig } from 'node:util';
import { EXIT } from './exit-codes';
import { ChecksFailed } from './prepare';
import { CiProblem, describeProblem, languageOf, PROBLEMS } from './problems';
import { Steps } from './steps';
import { findingsTable } from './tables';

/** Options of every command, with their help. Not `--env-file`: Node 20 takes this option for itself. */
const COMMON = {
  env: 'FILE         configuration of the build; wins over .env files and variables',
  dist: 'DIR         take this built package instead of building',
  json: '            one JSON object on stdout; progress stays on stderr',
  verbose: '         what the tools write, too',
  help: '            this text',
} as const;
const FLAGS = new Set(['json', 'verbose', 'help']);

export type Options = Readonly<Record<string, string | undefined>>;

export interface Outcome {
  /** The result for `--json`. */
  json: object;
  /** The result as text. */
  text: string;
}

interface Command {
  name: string;
  about: string;
  /** Option names with their help; each takes a value. */
  options: Readonly<Record<string, string>>;
  run: (options: Options, steps: Steps) => Promise<Outcome>;
}

/**
 * Runs a command of the CI side: options, progress on stderr, the result on stdout, and the exit code
 * (exit-codes.ts). With `--json` stdout is exactly one object in every case.
 */
export async function runCommand({ name, about, options, run }: Command): Promise<void> {
  const help = { ...options, ...COMMON };
  const json = process.argv.includes('--json');
  try {
    const values = parse(help);
    if (values['help'] === true) {
      const lines = Object.entries(help).map(([option, text]) => `  --${option} ${text}`);
      console.log(`npm run ${name} -- [options]\n${about}\n\n${lines.join('\n')}`);
      return;
    }
    const steps = new Steps(values['verbose'] === true);
    const outcome = await run(values as Options, steps);
    console.log(json ? JSON.stringify({ ok: true, command: name, ...outcome.json }) : outcome.text);
    process.exitCode = EXIT.ok;
  } catch (error) {
    process.exitCode = report(name, error, json);
  }
}

function parse(
  help: Readonly<Record<string, string>>,
): Record<string, string | boolean | undefined> {
  const config: ParseArgsConfig['options'] = Object.fromEntries(
    Object.keys(help).map((option) => [option, { type: FLAGS.has(option) ? 'boolean' : 'string' }]),
  );
  try {
    return parseArgs({ options: config, allowPositionals: false }).values as Record<
      string,
      string | boolean | undefined
    >;
  } catch (error) {
    throw new CiProblem(610001, error instanceof Error ? error.message : String(error));
  }
}

function report(command: string, error: unknown, json: boolean): number {
  if (!(error instanceof CiProblem)) {
    console.error(error);
    if (json) console.log(JSON.stringify({ ok: false, command, exitCode: EXIT.tool }));
    return EXIT.tool;
  }
  const findings = error instanceof ChecksFailed ? error.findings : [];
  if (findings.length > 0) console.error(findingsTable(findings));
  console.error(`✗ ${describeProblem(error, languageOf(process.env))}`);
  if (json) {
    const { cause, fix } = PROBLEMS[error.code];
    const { code, detail, exit: exitCode } = error;
    console.log(
      JSON.stringify({
        ok: false,
        command,
        exitCode,
        error: { code, cause, fix, detail },
        findings,
      }),
    );
  }
  return error.exit;
}
