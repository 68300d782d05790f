import { setInJson, type JsonPath } from './json-text';

/** The fields of a host's app.json that `embed` reads. */
export interface HostApp {
  pages?: string[];
  subPackages?: { root: string; pages: string[] }[];
  subpackages?: { root: string; pages: string[] }[];
  preloadRule?: Record<string, { network?: string; packages?: string[] }>;
  permission?: Record<string, unknown>;
  requiredPrivateInfos?: string[];
  lazyCodeLoading?: string;
}

/** What the chat needs in app.json. */
export interface Needs {
  root: string;
  sdkRoot: string;
  /** Pages of the chat, relative to its root. */
  pages: readonly string[];
  permission: Readonly<Record<string, unknown>>;
  requiredPrivateInfos: readonly string[];
}

export interface AppJsonChange {
  text: string;
  /** The values that are ours now, for the manifest. */
  settings: Record<string, string>;
  /** What was kept as the host's owner has it, in words. */
  kept: string[];
}

/** A value of app.json with a name that stays the same when other entries move. */
interface Setting {
  name: string;
  value: unknown;
  /** The value in app.json now; undefined when there is none. */
  present: unknown;
  path: JsonPath;
}

/**
 * Brings the entries of the chat into a host's app.json. A value that was written before and was changed or removed by
 * the owner since is kept; so is a value that was there before the first run.
 */
export function changeAppJson(
  text: string,
  needs: Needs,
  written: Readonly<Record<string, string>>,
): AppJsonChange {
  const settings: Record<string, string> = {};
  const kept: string[] = [];
  let changed = text;
  const isBuiltAnew = !hasOurs(JSON.parse(text) as HostApp, needs);
  // Each step reads the text as the step before has left it: an appended entry moves the end of its list.
  for (let index = 0; ; index++) {
    const setting = settingsOf(JSON.parse(changed) as HostApp, needs)[index];
    if (!setting) break;
    const { name, value, present, path } = setting;
    const [ours, theirs] = [JSON.stringify(value), JSON.stringify(present)] as const;
    const before = isBuiltAnew ? undefined : written[name];
    if (theirs === ours) {
      settings[name] = ours;
    } else if (before === undefined ? present === undefined : theirs === before) {
      changed = setInJson(changed, path, value);
      settings[name] = ours;
    } else {
      if (before !== undefined) settings[name] = before;
      kept.push(
        present === undefined
          ? `app.json ${name}: removed by hand, not written again; the chat needs ${ours}`
          : `app.json ${name}: kept as it is; the chat needs ${ours}`,
      );
    }
  }
  return { text: changed, settings, kept };
}

/**
 * Whether a sub-package of the chat is declared. Without any, the build of a Taro host has written app.json anew, as it
 * does while it watches, and its owner has removed nothing by hand.
 */
function hasOurs({ subPackages = [], subpackages = [] }: HostApp, needs: Needs): boolean {
  const roots = [needs.root, needs.sdkRoot];
  return [...subPackages, ...subpackages].some(({ root }) =>
    roots.includes(root.replace(/\/$/, '')),
  );
}

function settingsOf(app: HostApp, needs: Needs): Setting[] {
  const key = app.subpackages && !app.subPackages ? 'subpackages' : 'subPackages';
  const packages = app[key] ?? [];
  const subPackage = (root: string, pages: readonly string[]): Setting => {
    const index = packages.findIndex((each) => each.root.replace(/\/$/, '') === root);
    return {
      name: `${key}[${root}]`,
      value: { root, pages },
      present: packages[index],
      path: [key, index < 0 ? packages.length : index],
    };
  };
  return [
    subPackage(needs.root, needs.pages),
    subPackage(needs.sdkRoot, ['index']),
    ...preloadOf(app, needs.sdkRoot),
    ...Object.entries(needs.permission).map(([scope, value]) => ({
      name: `permission.${scope}`,
      value,
      present: app.permission?.[scope],
      path: ['permission', scope],
    })),
    ...needs.requiredPrivateInfos.map((info) => {
      const infos = app.requiredPrivateInfos ?? [];
      const index = infos.indexOf(info);
      return {
        name: `requiredPrivateInfos[${info}]`,
        value: info,
        present: infos[index],
        path: ['requiredPrivateInfos', index < 0 ? infos.length : index],
      };
    }),
  ];
}

/**
 * The first page of the host has WeChat fetch the SDK, on every network. The pages of the chat are not preloaded: they
 * are fetched when the host asks for the interface, and both together are over the 2 MB that a page may preload.
 */
function preloadOf({ pages = [], preloadRule = {} }: HostApp, sdkRoot: string): Setting[] {
  const [first] = pages;
  if (first === undefined) return [];
  const rule = preloadRule[first];
  const packages = rule?.packages ?? [];
  const index = packages.indexOf(sdkRoot);
  const isOurs = rule === undefined || (packages.length === 1 && index === 0);
  return [
    {
      name: `preloadRule[${first}]`,
      ...(isOurs
        ? {
            value: { network: 'all', packages: [sdkRoot] },
            present: rule,
            path: ['preloadRule', first],
          }
        : {
            value: sdkRoot,
            present: packages[index],
            path: ['preloadRule', first, 'packages', index < 0 ? packages.length : index],
          }),
    },
  ];
}
