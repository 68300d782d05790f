import { textOf, walk, type ViewNode } from './view-node';

type Matcher = string | RegExp;

/** Conditions for the node that a user or test looks for; all given conditions must hold. */
export interface NodeQuery {
  /** The node's whole visible text: equal to a string, or matching a pattern. The deepest matching nodes count. */
  text?: Matcher;
  id?: string;
  className?: string;
  ariaLabel?: Matcher;
  placeholder?: Matcher;
  tag?: string;
  /** Attributes of the compiled WXML, in camelCase. */
  attributes?: Record<string, unknown>;
}

const agrees = (wanted: Matcher | undefined, found: unknown): boolean =>
  wanted === undefined ||
  (typeof wanted === 'string' ? found === wanted : typeof found === 'string' && wanted.test(found));

function matches(node: ViewNode, query: NodeQuery): boolean {
  const { attributes } = node;
  if (query.id !== undefined && node.id !== query.id) return false;
  if (query.className !== undefined) {
    const wanted = query.className.split(/[\s.]+/).filter(Boolean);
    if (!wanted.every((name) => node.classes.includes(name))) return false;
  }
  if (query.tag !== undefined && node.tag !== query.tag) return false;
  if (!agrees(query.ariaLabel, attributes.ariaLabel)) return false;
  if (!agrees(query.placeholder, attributes.placeholder)) return false;
  for (const [name, value] of Object.entries(query.attributes ?? {})) {
    if (attributes[name] !== value) return false;
  }
  return query.text === undefined || agrees(query.text, textOf(node).trim());
}

/** Visible nodes that match, in document order. */
export function findNodes(root: ViewNode, query: NodeQuery): ViewNode[] {
  const found = [...walk(root)].filter((node) => node !== root && matches(node, query));
  if (query.text === undefined) return found;
  // A page's text contains its row's text; the user means the row.
  return found.filter(
    (node) => ![...walk(node)].some((below) => below !== node && found.includes(below)),
  );
}

/** Finds nodes by a WeChat selector: compounds of #id and .class, descendants by space or `>>>`. */
export function selectNodes(root: ViewNode, selector: string): ViewNode[] {
  const steps = selector.split(/\s*>>>\s*|\s+/).filter(Boolean);
  const fits = (node: ViewNode, compound: string): boolean =>
    (compound.match(/[#.][^#.]+/g) ?? []).every((part) =>
      part.startsWith('#') ? node.id === part.slice(1) : node.classes.includes(part.slice(1)),
    );
  const leads = (node: ViewNode, step: number): boolean => {
    if (step < 0) return true;
    for (let above = node.parent; above; above = above.parent) {
      if (fits(above, steps[step] ?? '') && leads(above, step - 1)) return true;
    }
    return false;
  };
  const last = steps.length - 1;
  if (last < 0) return [];
  return [...walk(root)].filter((node) => fits(node, steps[last] ?? '') && leads(node, last - 1));
}

export function describeQuery(query: NodeQuery): string {
  return Object.entries(query)
    .map(
      ([name, value]) =>
        `${name} ${value instanceof RegExp ? String(value) : JSON.stringify(value)}`,
    )
    .join(', ');
}
