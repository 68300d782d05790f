import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Place } from '../../../config/embed/place';
import { changeAppJson, type HostApp } from './app-json';
import { hashOf, MANIFEST_NAME, manifestText, readManifest } from './manifest';

/** The changes that an embedding makes in a host, before any is made. */
export interface Plan {
  /** The folder with app.json. */
  host: string;
  /** Files to write, with their content, and files of an older build to remove; paths in the host. */
  writes: Map<string, Buffer>;
  removals: string[];
  /** What stays as the host's owner has it, and why, in words. */
  kept: string[];
  appJson: { before: string; after: string };
  /** What the owner should know, in words. */
  notes: string[];
}

/** Files of Taro's build that only an app of its own has, and files that WeChat does not upload. */
const NOT_FOR_HOST =
  /^(app\.json|theme\.json|project\.config\.json|assets\/tab\/.*)$|\.map$|\.LICENSE\.txt$/;

/**
 * The folder with the host's app.json: the given folder, or the `miniprogramRoot` of its project.config.json.
 * @throws Error without app.json
 */
export function hostRootOf(directory: string): string {
  const project = path.join(directory, 'project.config.json');
  const { miniprogramRoot = '' } = existsSync(project)
    ? (JSON.parse(readFileSync(project, 'utf8')) as { miniprogramRoot?: string })
    : {};
  const found = [directory, path.join(directory, miniprogramRoot)].find((each) =>
    existsSync(path.join(each, 'app.json')),
  );
  if (found === undefined)
    throw new Error(
      `${directory} has no app.json. Give the folder of a native mini-program, or the output folder of the build of a Taro or uni-app project.`,
    );
  return found;
}

/** Compares a build with the host. `built`: the folder with the build, `dist/embed/im`; its SDK is beside it. */
export function planOf(built: string, host: string, place: Place): Plan {
  const manifestFile = `${place.root}/${MANIFEST_NAME}`;
  const written = readManifest(textIn(host, manifestFile));
  const plan: Plan = {
    host,
    writes: new Map(),
    removals: [],
    kept: [],
    appJson: { before: '', after: '' },
    notes: [],
  };
  const files = planFiles(plan, filesOf(built, place), written.files);

  const own = JSON.parse(readFileSync(path.join(built, 'app.json'), 'utf8')) as HostApp;
  const before = textIn(host, 'app.json');
  const { text, settings, kept } = changeAppJson(
    before,
    {
      root: place.root,
      sdkRoot: place.sdkRoot,
      pages: pagesOf(own),
      permission: own.permission ?? {},
      requiredPrivateInfos: own.requiredPrivateInfos ?? [],
    },
    written.settings,
  );
  plan.appJson = { before, after: text };
  plan.kept.push(...kept);
  if (text !== before) plan.writes.set('app.json', Buffer.from(text));

  const manifest = manifestText({ files, settings });
  if (manifest !== textIn(host, manifestFile)) plan.writes.set(manifestFile, Buffer.from(manifest));
  if ((JSON.parse(text) as HostApp).lazyCodeLoading !== 'requiredComponents')
    plan.notes.push(
      'app.json has no "lazyCodeLoading": "requiredComponents": WeChat then runs the code of all pages of a sub-package at its first page.',
    );
  return plan;
}

/** Carries the plan out. The manifest and app.json come last: a run that was cut off is repeated as a whole. */
export function carryOut({ host, writes, removals }: Plan): void {
  const order = (file: string) => (file === 'app.json' ? 1 : file.endsWith(MANIFEST_NAME) ? 2 : 0);
  for (const [file, content] of [...writes].sort(([a], [b]) => order(a) - order(b))) {
    const target = path.join(host, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  for (const file of removals) rmSync(path.join(host, file), { force: true });
}

/** Fills in writes, removals and what is kept; returns the hashes for the manifest. */
function planFiles(
  plan: Plan,
  files: ReadonlyMap<string, Buffer>,
  written: Readonly<Record<string, string>>,
): Record<string, string> {
  const hashes: Record<string, string> = {};
  const present = (file: string) => {
    const target = path.join(plan.host, file);
    return existsSync(target) ? hashOf(readFileSync(target)) : undefined;
  };
  const keep = (file: string, why: string) => plan.kept.push(`${file}: ${why}`);
  for (const [file, content] of files) {
    const [ours, theirs, before] = [hashOf(content), present(file), written[file]];
    if (theirs === ours || theirs === undefined || theirs === before) {
      hashes[file] = ours;
      if (theirs !== ours) plan.writes.set(file, content);
    } else {
      if (before !== undefined) hashes[file] = before;
      keep(
        file,
        before === undefined
          ? 'was there before and is kept; rename it or choose another root'
          : 'changed by hand, kept; it may not fit the other files of this version. Delete it and run again for ours',
      );
    }
  }
  for (const [file, before] of Object.entries(written)) {
    if (files.has(file)) continue;
    const theirs = present(file);
    if (theirs === before) plan.removals.push(file);
    else if (theirs !== undefined)
      keep(file, 'changed by hand, kept; this version has no such file');
  }
  return hashes;
}

/** The files of both sub-packages, by their path in the host. */
function filesOf(built: string, { root, sdkRoot }: Place): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const sdk = path.join(path.dirname(built), path.posix.basename(sdkRoot));
  for (const file of filesIn(built))
    if (!NOT_FOR_HOST.test(file))
      files.set(`${root}/${file}`, readFileSync(path.join(built, file)));
  for (const file of filesIn(sdk))
    files.set(`${sdkRoot}/${file}`, readFileSync(path.join(sdk, file)));
  return files;
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true })
    .map((file) => String(file).split(path.sep).join('/'))
    .filter((file) => statSync(path.join(directory, file)).isFile())
    .sort();
}

/** All pages are pages of one sub-package: WeChat allows no sub-package inside another. */
function pagesOf({ pages = [], subPackages = [] }: HostApp): string[] {
  return [
    ...pages,
    ...subPackages.flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`)),
  ];
}

function textIn(host: string, file: string): string {
  const target = path.join(host, file);
  return existsSync(target) ? readFileSync(target, 'utf8') : '';
}
