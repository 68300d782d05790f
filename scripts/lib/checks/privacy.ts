import type { Node } from 'acorn';
import { type BuiltPackage, stringOf } from './built-package';
import type { Found } from './finding';
import { PRIVACY_APIS, PRIVACY_MARKUP } from './privacy-apis';

/** Where this project writes down what is declared in WeChat's console. */
export const PRIVACY_FILE = 'ci/privacy.json';

interface Use {
  name: string;
  guide: string;
  file: string;
  start: number;
}

/**
 * Every call that touches a person's data is declared: in app.json where WeChat wants it there, and in
 * ci/privacy.json, which says what the console's privacy guide says. Undeclared, it fails on the phone only.
 */
export function checkPrivacy(built: BuiltPackage): Found[] {
  const uses = firstOfEach([...calls(built), ...markup(built)]);
  return uses.flatMap((use) => [...inGuide(built, use), ...inAppJson(built, use)]);
}

/** Calls by name on any object: the bundler renames `Taro`, and `wx` may be held in a variable. */
function calls(built: BuiltPackage): Use[] {
  return built.withExtension('.js').flatMap((file) =>
    (built.nodes(file) ?? []).flatMap(({ node }): Use[] => {
      const name = methodCalled(node);
      const api = name !== undefined && Object.hasOwn(PRIVACY_APIS, name) && PRIVACY_APIS[name];
      return api ? [{ name, guide: api.guide, file, start: node.start }] : [];
    }),
  );
}

/** The name in `object.name()` or `object['name']()`; a method of `this` is our own. */
function methodCalled(node: Node): string | undefined {
  const { callee } = node as Node & { callee?: Callee };
  if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression') return undefined;
  if (callee.object.type === 'ThisExpression') return undefined;
  return callee.computed ? stringOf(callee.property) : callee.property.name;
}

interface Callee {
  type: string;
  computed: boolean;
  object: Node;
  property: Node & { name?: string };
}

function markup(built: BuiltPackage): Use[] {
  return built
    .pieces()
    .filter(({ file }) => file.endsWith('.wxml'))
    .flatMap(({ file, start, text }) =>
      PRIVACY_MARKUP.filter((each) => each.markup.test(text)).map(({ name, guide }) => ({
        name,
        guide,
        file,
        start,
      })),
    );
}

function firstOfEach(uses: Use[]): Use[] {
  return [...new Map([...uses].reverse().map((use) => [use.name, use])).values()];
}

function inGuide(built: BuiltPackage, { name, guide, file, start }: Use): Found[] {
  if (built.declaredPrivacy[name]) return [];
  return [
    {
      ...built.placeOf(file, { start }),
      message: `${name} is used but not declared`,
      fix: `Declare "${guide}" with its purpose in WeChat's console (设置 > 服务内容声明 > 用户隐私保护指引), then write "${name}": "purpose" into ${PRIVACY_FILE}.`,
    },
  ];
}

function inAppJson(built: BuiltPackage, { name, file, start }: Use): Found[] {
  const { app } = built;
  const { required, permission, backgroundMode } = PRIVACY_APIS[name] ?? {};
  const found: Found[] = [];
  const missing = (what: string, line: string) =>
    found.push({
      ...built.placeOf(file, { start }),
      message: `${name} is used but app.json has no ${what}`,
      fix: `Add ${line} to src/app.config.ts.`,
    });
  if (required && !app.requiredPrivateInfos?.includes(name))
    missing('requiredPrivateInfos for it', `requiredPrivateInfos: ['${name}']`);
  if (permission !== undefined && !app.permission?.[permission]?.desc)
    missing(`permission ${permission}`, `permission: { '${permission}': { desc: 'purpose' } }`);
  if (backgroundMode !== undefined && !app.requiredBackgroundModes?.includes(backgroundMode))
    missing(`background mode ${backgroundMode}`, `requiredBackgroundModes: ['${backgroundMode}']`);
  return found;
}
