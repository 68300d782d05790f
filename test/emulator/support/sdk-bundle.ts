import { buildSync } from 'esbuild';
import type { NIM } from 'nim-web-sdk-ng/dist/esm/nim';

/** What one evaluation of the bundle gives: an SDK with its own singleton. */
export interface Sdk {
  NIM: typeof NIM;
}

const ENTRY = `
import * as sdk from 'nim-web-sdk-ng/dist/esm/nim';
const { NIM } = sdk;
for (const [name, service] of Object.entries(sdk)) {
  if (/^V2NIM.*Service$|^V2NIM.*Util$/.test(name)) NIM.registerService(service, name);
}
sdk.setAdapters(sdk.wxAdapters);
module.exports = { NIM };
`;

let script: string | undefined;

/** Evaluates the unmodified SDK with a `wx` of its own, so that many clients live in one process. */
export function loadSdk(wx: object): Sdk {
  script ??= buildSync({
    stdin: { contents: ENTRY, resolveDir: process.cwd(), loader: 'js' },
    bundle: true,
    format: 'cjs',
    platform: 'neutral',
    write: false,
    logLevel: 'silent',
  }).outputFiles[0]?.text;
  const module = { exports: {} };
  new Function('wx', 'self', 'module', 'exports', script ?? '')(wx, {}, module, module.exports);
  return module.exports as Sdk;
}
