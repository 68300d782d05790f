import type { Node } from 'acorn';
import { type BuiltPackage, stringOf } from './built-package';
import type { Found } from './finding';

const FIX =
  'Keep it on the app server (docs/app-server.md), take it out of the code, and reset it in the console: a package can be read by anyone.';
const KEY_BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const KEY_FILE = /(^|\/)(\.env.*|id_rsa|[^/]*\.(key|pem|p12|pfx))$/;
const NAME = /secret/i;
/** Yunxin's app secrets are 12 hex digits, WeChat's 32; longer ones of any alphabet count too. */
const VALUE = /^(?:[0-9a-f]{12,}|(?=.*\d)[\w+/=-]{24,})$/i;
const IN_TEXT = /secret["']?\s*[:=]\s*["']?([\w+/=-]{12,})/i;

/** Checks that the package has no app secret, private key or key file. */
export function checkSecrets(built: BuiltPackage): Found[] {
  return [
    ...keyFiles(built),
    ...keyBlocks(built),
    ...namedSecrets(built),
    ...writtenSecrets(built),
  ];
}

function keyFiles({ files }: BuiltPackage): Found[] {
  return files
    .filter((file) => KEY_FILE.test(file))
    .map((file) => ({ file, message: 'a file of keys is in the package', fix: FIX }));
}

function keyBlocks(built: BuiltPackage): Found[] {
  return built.withExtension('.js', '.json', '.wxml', '.wxs', '.wxss').flatMap((file): Found[] => {
    const text = built.text(file);
    const at = text.search(KEY_BLOCK);
    if (at < 0) return [];
    const line = text.slice(0, at).split('\n').length;
    return [{ file, line, message: 'a private key is in the package', fix: FIX }];
  });
}

/** `appSecret: '…'`, `const secret = '…'`, `x.secret = '…'`. The value itself is never printed. */
function namedSecrets(built: BuiltPackage): Found[] {
  return built.withExtension('.js').flatMap((file) => {
    return (built.nodes(file) ?? []).flatMap(({ node, parent }): Found[] => {
      const name = parent && nameGivenTo(node, parent);
      if (!name || !NAME.test(name) || !VALUE.test(stringOf(node) ?? '')) return [];
      return [
        {
          ...built.placeOf(file, node),
          message: `"${name}" looks like an app secret`,
          fix: FIX,
        },
      ];
    });
  });
}

function nameGivenTo(node: Node, parent: Node): string | undefined {
  const around = parent as unknown as Record<string, unknown>;
  if (parent.type === 'Property' && around['value'] === node) return nameOf(around['key']);
  if (parent.type === 'VariableDeclarator' && around['init'] === node) return nameOf(around['id']);
  if (parent.type === 'AssignmentExpression' && around['right'] === node)
    return nameOf(around['left']);
  return undefined;
}

function nameOf(node: unknown): string | undefined {
  const { name, value, property } = node as { name?: string; value?: unknown; property?: unknown };
  return name ?? (typeof value === 'string' ? value : property ? nameOf(property) : undefined);
}

/** A secret inside a text: a query string, JSON kept as text, a JSON file. */
function writtenSecrets(built: BuiltPackage): Found[] {
  return built.pieces().flatMap(({ file, start, text }): Found[] => {
    const value = IN_TEXT.exec(text)?.[1];
    return value !== undefined && VALUE.test(value)
      ? [
          {
            ...built.placeOf(file, { start }),
            message: 'a text names what looks like an app secret',
            fix: FIX,
          },
        ]
      : [];
  });
}
