import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import dotenv from 'dotenv';
import { expand } from 'dotenv-expand';
import type { RawEnv } from '../../src/env/runtime-env';
import { ROOT } from './build';

/** The files in Taro's order for a production build: a later file wins, and `process.env` wins over all files. */
const FILES = ['.env', '.env.local', '.env.production', '.env.production.local'];

export interface ProductionEnv {
  /** Every `TARO_APP_*` value of a production build. */
  values: RawEnv;
  /** Values for the build beside those that it reads by itself. */
  overrides: Readonly<Record<string, string>>;
  /** The file to edit. */
  file: string;
}

/**
 * The configuration of a production build: the `.env` files and `process.env`, or `envFile` over both.
 * @throws Error when `envFile` cannot be read
 */
export function productionEnv(envFile?: string): ProductionEnv {
  const files = FILES.map((name) => path.join(ROOT, name))
    .filter((file) => existsSync(file))
    .map((file) => parse(readFileSync(file, 'utf8')));
  const overrides = envFile === undefined ? {} : expanded(parse(readFileSync(envFile, 'utf8')));
  const values: Record<string, string | undefined> = {};
  for (const layer of [expanded(Object.assign({}, ...files)), process.env, overrides]) {
    for (const [name, value] of Object.entries(layer))
      if (name.startsWith('TARO_APP_')) values[name] = value;
  }
  return { values, overrides, file: envFile ?? '.env.production.local' };
}

/**
 * Reads `NAME=value` lines with the parser that Taro uses for the files it reads itself, so that a value
 * means the same in a file given with `--env`.
 */
function parse(text: string): Record<string, string> {
  return dotenv.parse(text.replace(/^\uFEFF/, ''));
}

/** Replaces `$NAME` in values as Taro does. `expand` writes into the environment that it is given. */
function expanded(values: Record<string, string>): Record<string, string> {
  return (
    expand({ parsed: values, processEnv: { ...process.env } as Record<string, string> }).parsed ??
    values
  );
}
