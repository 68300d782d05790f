/** The part of a package-lock.json that the check reads. */
export interface LockFile {
  packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}

export interface Licensed {
  /** `name@version`. */
  id: string;
  name: string;
  licence: string;
}

/** Licences that a tool or a part of the app may have; data and documents of tools may be under the CC licences. */
const ALLOWED: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/** Packages whose package.json names no licence that npm reads, with the licence of their LICENSE or README. */
const NAMED_ELSEWHERE: Readonly<Record<string, string>> = {
  'dom-walk': 'MIT',
  'exif-parser': 'MIT',
  jsesc: 'MIT',
  'node-bitmap': 'MIT',
  'qrcode-terminal': 'Apache-2.0',
  'replace-ext': 'MIT',
  'string.fromcodepoint': 'MIT',
};

/** Whether an SPDX expression can be fulfilled by allowed licences alone: every part of AND, any part of OR. */
export function isAllowed(expression: string): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/, '$1');
  return bare
    .split(' OR ')
    .some((part) => part.split(' AND ').every((licence) => ALLOWED.includes(licence.trim())));
}

/** Every package of a lock file with its licence; `UNKNOWN` where nobody names one. */
export function licencesIn({ packages }: LockFile): Licensed[] {
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, { version = '', license }]) => {
      const name = nameOf(place);
      return {
        id: `${name}@${version}`,
        name,
        licence: license ?? NAMED_ELSEWHERE[name] ?? 'UNKNOWN',
      };
    });
}

/** The packages that run a script when they are installed, unless npm ignores scripts. */
export function installScriptsIn({ packages }: LockFile): string[] {
  return Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place, { version = '' }]) => `${nameOf(place)}@${version}`);
}

/** The name of the package at a place like `node_modules/a/node_modules/@b/c`. */
function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
