import type { ViewNode } from '../host/view-node';
import type { DrawnNode } from './easel-renderer';

const camel = (name: string): string =>
  name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());

const print = (value: unknown): string => {
  const text = value === undefined ? 'undefined' : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

/** Same values in any order of the keys; `undefined` is not the same as a missing key. */
function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) =>
        Object.hasOwn(other, key) &&
        same((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
    )
  );
}

const handlersOf = (node: ViewNode): string[] =>
  [...node.handlers].map(([type, { handling }]) => {
    const words = handling.split('-').filter((word) => word !== 'bind');
    return [...words, type].join(' ');
  });

function fields(node: ViewNode): Record<string, unknown> {
  const { id = '', class: className = '', style = '', ...attributes } = node.attributes;
  return {
    tag: node.tag,
    id,
    className,
    style,
    ...prefixed(node.dataset, 'data'),
    ...prefixed(attributes, ''),
  };
}

const prefixed = (values: Record<string, unknown>, before: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${before} ${camel(name)}`.trim(), value]),
  );

function drawnFields(node: DrawnNode): Record<string, unknown> {
  const { tag, id, className, style, dataset, attributes } = node;
  return { tag, id, className, style, ...prefixed(dataset, 'data'), ...prefixed(attributes, '') };
}

/** Each difference between the host's tree and glass-easel's, as a line with the place and both values. */
export function differences(ours: ViewNode, drawn: DrawnNode, at = ours.tag): string[] {
  const found: string[] = [];
  const one = fields(ours);
  const other = drawnFields(drawn);
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const isMissing = !(name in one) || !(name in other);
    if (isMissing || !same(one[name], other[name]))
      found.push(
        `${at} [${name}]: ${name in one ? print(one[name]) : 'missing'} | ${name in other ? print(other[name]) : 'missing'}`,
      );
  }
  const [heard, listens] = [handlersOf(ours).sort().join(), [...drawn.handlers].sort().join()];
  if (heard !== listens) found.push(`${at} handlers: ${heard} | ${listens}`);
  if (ours.children.length !== drawn.children.length)
    found.push(`${at} children: ${ours.children.length} | ${drawn.children.length}`);
  ours.children.forEach((child, index) => {
    const counterpart = drawn.children[index];
    const place = `${at} > ${index}`;
    if (counterpart === undefined) return;
    if (typeof child === 'string' || typeof counterpart === 'string') {
      if (child !== counterpart)
        found.push(
          `${place}: ${typeof child === 'string' ? print(child) : child.tag} | ${typeof counterpart === 'string' ? print(counterpart) : counterpart.tag}`,
        );
      return;
    }
    found.push(
      ...differences(
        child,
        counterpart,
        `${place} ${child.tag}${child.classes.map((name) => `.${name}`).join('')}`,
      ),
    );
  });
  return found;
}
