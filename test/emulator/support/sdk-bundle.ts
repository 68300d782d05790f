import { buildSync } from 'esbuild';
import type { NIM } from 'nim-web-sdk-ng/dist/esm/nim';

/** Result of an evaluation of the bundle: an SDK with its own singleton. */
export interface Sdk {
  NIM: typeof NIM;
}

const entry = (adapters: string): string => `
import * as sdk from 'nim-web-sdk-ng/dist/esm/nim';
const { NIM } = sdk;
for (const [name, service] of Object.entries(sdk)) {
  if (/^V2NIM.*Service$|^V2NIM.*Util$/.test(name)) NIM.registerService(service, name);
}
sdk.setAdapters(sdk.${adapters});
module.exports = { NIM };
`;

const scripts = new Map<string, string>();

function scriptWith(adapters: string): string {
  const known = scripts.get(adapters);
  if (known !== undefined) return known;
  const built = buildSync({
    stdin: { contents: entry(adapters), resolveDir: process.cwd(), loader: 'js' },
    bundle: true,
    format: 'cjs',
    platform: 'neutral',
    write: false,
    logLevel: 'silent',
  });
  const text = built.outputFiles[0]?.text ?? '';
  scripts.set(adapters, text);
  return text;
}

/** Evaluates a script with these names as its globals. */
function evaluate(script: string, globals: Record<string, unknown>): Sdk {
  const module = { exports: {} };
  const names = [...Object.keys(globals), 'module', 'exports'];
  new Function(...names, script)(...Object.values(globals), module, module.exports);
  return module.exports as Sdk;
}

/** Evaluates the unmodified SDK with a separate `wx`, so that a process can have many clients. */
export function loadSdk(wx: object): Sdk {
  return evaluate(scriptWith('wxAdapters'), { wx, self: {} });
}

/** Evaluates the unmodified SDK as a browser does. `globals` has `window` and the browser's classes. */
export function loadBrowserSdk(globals: Record<string, unknown>): Sdk {
  return evaluate(scriptWith('browserAdapters'), { self: {}, ...globals });
}
