import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RawEnv } from '../../src/env/runtime-env';
import { ROOT } from './build';

/** In the order in which Taro reads them for a production build; the later wins, `process.env` over all. */
const FILES = ['.env', '.env.local', '.env.production', '.env.production.local'];

export interface ProductionEnv {
  /** Every `TARO_APP_*` value of a production build. */
  values: RawEnv;
  /** What the build must be given on top of what it finds by itself. */
  overrides: Readonly<Record<string, string>>;
  /** The file a person should edit. */
  file: string;
}

/**
 * The configuration of a production build: the `.env` files and `process.env`, or `envFile` over both.
 * @throws Error when `envFile` cannot be read
 */
export function productionEnv(envFile?: string): ProductionEnv {
  const layers = FILES.map((name) => path.join(ROOT, name))
    .filter((file) => existsSync(file))
    .map((file) => parse(readFileSync(file, 'utf8')));
  const overrides = envFile === undefined ? {} : parse(readFileSync(envFile, 'utf8'));
  const values: Record<string, string | undefined> = {};
  for (const layer of [...layers, process.env, overrides]) {
    for (const [name, value] of Object.entries(layer))
      if (name.startsWith('TARO_APP_')) values[name] = value;
  }
  return { values, overrides, file: envFile ?? '.env.production.local' };
}

/** `NAME=value` lines; quotes around a value are dropped, `#` starts a comment line. */
function parse(text: string): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined)
      entries[match[1]] = (match[2] ?? '').replace(/^(['"])(.*)\1$/, '$2');
  }
  return entries;
}
