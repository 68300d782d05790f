import { createHash } from 'node:crypto';

/** What `embed` wrote the last time: it tells a file of ours from a file that the host's owner has changed. */
export interface Manifest {
  /** SHA-256 of each written file, by its path in the host. */
  files: Record<string, string>;
  /** The JSON of each value that was written into app.json, by its path there. */
  settings: Record<string, string>;
}

/** WeChat uploads no .txt files, so the manifest costs the host nothing. */
export const MANIFEST_NAME = 'written-by-embed.txt';

const HEAD = `Written by "npm run embed" of the chat's project, which reads this file at its next run: what was changed by hand
since is kept. Do not change it. First the files with their SHA-256, then the values in app.json.
`;
const FILE = /^([0-9a-f]{64}) {2}(.+)$/;
const SETTING = /^app\.json (\S+) = (.+)$/;

export function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

export function manifestText({ files, settings }: Manifest): string {
  const sorted = (record: Record<string, string>) =>
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    HEAD,
    ...sorted(files).map(([file, hash]) => `${hash}  ${file}`),
    ...sorted(settings).map(([path, json]) => `app.json ${path} = ${json}`),
    '',
  ].join('\n');
}

/** Lines that were damaged are left out: what they named then counts as changed by hand. */
export function readManifest(text: string): Manifest {
  const manifest: Manifest = { files: {}, settings: {} };
  for (const line of text.split(/\r?\n/)) {
    const [, hash = '', file = ''] = FILE.exec(line) ?? [];
    if (file) manifest.files[file] = hash;
    const [, path = '', json = ''] = SETTING.exec(line) ?? [];
    if (path) manifest.settings[path] = json;
  }
  return manifest;
}
