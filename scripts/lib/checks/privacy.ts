import type { Node } from 'acorn';
import { type BuiltPackage, stringOf } from './built-package';
import type { Found } from './finding';
import { PRIVACY_APIS, PRIVACY_ATTRIBUTES, PRIVACY_MARKUP } from './privacy-apis';

/** The file with this project's copy of the declarations in WeChat's console. */
export const PRIVACY_FILE = 'ci/privacy.json';

interface Use {
  name: string;
  guide: string;
  file: string;
  start: number;
}

/**
 * Checks that every use of personal data is declared: in app.json where WeChat requires it, and in ci/privacy.json, the
 * copy of the console's privacy guide. An undeclared use fails on the phone only.
 */
export function checkPrivacy(built: BuiltPackage): Found[] {
  const uses = firstOfEach([...calls(built), ...markup(built)]);
  return uses.flatMap((use) => [...inGuide(built, use), ...inAppJson(built, use)]);
}

/**
 * Finds functions by their name on any object, called or only read: the bundler renames `Taro` and writes
 * `(0, a.chooseVideo)()` for an import, and `const { chooseVideo } = Taro` reads without a call.
 */
function calls(built: BuiltPackage): Use[] {
  return built.withExtension('.js').flatMap((file) =>
    (built.nodes(file) ?? []).flatMap(({ node, parent }): Use[] => {
      const name = nameRead(node, parent);
      const api = name !== undefined && Object.hasOwn(PRIVACY_APIS, name) && PRIVACY_APIS[name];
      return api ? [{ name, guide: api.guide, file, start: node.start }] : [];
    }),
  );
}

/** The name in `object.name`, `object['name']` and `{ name } = object`; a member of `this` belongs to the app. */
function nameRead(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === 'Property' && parent?.type === 'ObjectPattern')
    return keyOf(node as unknown as Keyed);
  if (node.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = node as Node & Member;
  if (object.type === 'ThisExpression') return undefined;
  // The left side of an assignment defines a function of that name and is not a read.
  if (parent?.type === 'AssignmentExpression' && (parent as Node & { left: Node }).left === node)
    return undefined;
  return computed ? stringOf(property) : property.name;
}

type Name = Node & { name?: string };

interface Member {
  computed: boolean;
  object: Node;
  property: Name;
}

interface Keyed {
  computed: boolean;
  key: Name;
  value: Node;
}

function keyOf({ computed, key }: Keyed): string | undefined {
  return stringOf(key) ?? (computed ? undefined : key.name);
}

function markup(built: BuiltPackage): Use[] {
  const inWxml = built
    .pieces()
    .filter(({ file }) => file.endsWith('.wxml'))
    .flatMap(({ file, start, text }) =>
      [
        ...PRIVACY_MARKUP.filter((each) => each.markup.test(text)),
        ...PRIVACY_ATTRIBUTES.filter(({ attribute, value }) =>
          new RegExp(`[\\s]${attribute}="${value}"`).test(text),
        ).map(({ value, guide }) => ({ name: value, guide })),
      ].map(({ name, guide }) => ({ name, guide, file, start })),
    );
  return [...inWxml, ...inScripts(built)];
}

/** Attributes in the form for React: `{ openType: 'getPhoneNumber' }`, also one value of a condition. */
function inScripts(built: BuiltPackage): Use[] {
  return built.withExtension('.js').flatMap((file) =>
    (built.nodes(file) ?? []).flatMap(({ node, parent }): Use[] => {
      if (node.type !== 'Property' || parent?.type !== 'ObjectExpression') return [];
      const property = node as unknown as Keyed;
      const attribute = keyOf(property)?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const values = valuesOf(property.value);
      return PRIVACY_ATTRIBUTES.filter(
        (each) => each.attribute === attribute && values.includes(each.value),
      ).map(({ value, guide }) => ({ name: value, guide, file, start: node.start }));
    }),
  );
}

function valuesOf(node: Node): (string | undefined)[] {
  if (node.type !== 'ConditionalExpression') return [stringOf(node)];
  const { consequent, alternate } = node as Node & { consequent: Node; alternate: Node };
  return [...valuesOf(consequent), ...valuesOf(alternate)];
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
