import { type BuiltPackage, positionOf, stringOf, walk } from './built-package';
import type { Found } from './finding';
import { PRIVACY_APIS, PRIVACY_MARKUP } from './privacy-apis';

/** Where this project writes down what is declared in WeChat's console. */
export const PRIVACY_FILE = 'ci/privacy.json';

interface Use {
  name: string;
  guide: string;
  file: string;
  line: number;
  column: number;
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
  return built.withExtension('.js').flatMap((file) => {
    const program = built.program(file);
    if (!program) return [];
    return [...walk(program)].flatMap(({ node }): Use[] => {
      const { callee } = node as unknown as { callee?: Callee };
      if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression') return [];
      if (callee.object.type === 'ThisExpression') return [];
      const name = callee.computed ? stringOf(callee.property) : callee.property.name;
      const api =
        name === undefined ? undefined : Object.entries(PRIVACY_APIS).find(([key]) => key === name);
      return api ? [{ name: api[0], guide: api[1].guide, file, ...positionOf(node) }] : [];
    });
  });
}

interface Callee {
  type: string;
  computed: boolean;
  object: { type: string };
  property: import('acorn').Node & { name?: string };
}

function markup(built: BuiltPackage): Use[] {
  return built.withExtension('.wxml').flatMap((file) =>
    built
      .text(file)
      .split('\n')
      .flatMap((text, index) =>
        PRIVACY_MARKUP.filter((each) => each.markup.test(text)).map(({ name, guide }) => ({
          name,
          guide,
          file,
          line: index + 1,
          column: 1,
        })),
      ),
  );
}

function firstOfEach(uses: Use[]): Use[] {
  return [...new Map([...uses].reverse().map((use) => [use.name, use])).values()];
}

function inGuide({ declaredPrivacy }: BuiltPackage, { name, guide, ...place }: Use): Found[] {
  if (declaredPrivacy[name]) return [];
  return [
    {
      ...place,
      message: `${name} is used but not declared`,
      fix: `Declare "${guide}" with its purpose in WeChat's console (设置 > 服务内容声明 > 用户隐私保护指引), then write "${name}": "purpose" into ${PRIVACY_FILE}.`,
    },
  ];
}

function inAppJson({ app }: BuiltPackage, { name, guide: _, ...place }: Use): Found[] {
  const { required, permission, backgroundMode } = PRIVACY_APIS[name] ?? {};
  const found: Found[] = [];
  const missing = (what: string, line: string) =>
    found.push({
      ...place,
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
