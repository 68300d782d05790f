import type { Unit } from './unit';

export type Handling = 'bind' | 'catch' | 'capture-bind' | 'capture-catch' | 'mut-bind';

/** A node of the rendered page, components expanded. */
export interface ViewNode {
  /** `view`, `text`, `scroll-view`, or a component's name. */
  tag: string;
  attributes: Record<string, unknown>;
  /** Event type to how and by which method it is handled. */
  handlers: Map<string, { handling: Handling; method: string }>;
  dataset: Record<string, unknown>;
  id: string;
  classes: string[];
  children: (ViewNode | string)[];
  parent: ViewNode | undefined;
  /** The page or component whose markup the node stands in, and whose methods it calls. */
  owner: Unit;
  /** Stays the same from one rendering to the next. */
  key: string;
}

const HANDLER = /^(bind|catch|capture-bind|capture-catch|mut-bind):?([a-z]+)$/i;

const camel = (name: string): string =>
  name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** Sorts the attributes of a compiled node into events, dataset, id, classes and the rest. */
export function makeNode(
  tag: string,
  all: Record<string, unknown>,
  owner: Unit,
  parent: ViewNode | undefined,
  position: number,
): ViewNode {
  const handlers: ViewNode['handlers'] = new Map();
  const attributes: Record<string, unknown> = {};
  const dataset: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(all)) {
    const handler = typeof value === 'string' ? HANDLER.exec(name) : null;
    if (handler) {
      const [, handling = '', type = ''] = handler;
      if (value) handlers.set(type, { handling: handling as Handling, method: String(value) });
    } else if (name.startsWith('data-')) {
      dataset[camel(name.slice(5))] = value;
    } else {
      attributes[camel(name)] = value;
    }
  }
  const id = typeof attributes.id === 'string' ? attributes.id : '';
  const classes = String(attributes.class ?? '')
    .split(/\s+/)
    .filter(Boolean);
  // Taro numbers its nodes; a node of other markup is known by its id or its place.
  const sid = typeof dataset.sid === 'string' ? dataset.sid : id;
  const key = sid ? `#${sid}` : `${parent?.key ?? ''}/${tag}:${position}`;
  return { tag, attributes, handlers, dataset, id, classes, children: [], parent, owner, key };
}

/** Whether the node itself is taken out of sight by `hidden` or an inline style. */
function hides(node: ViewNode): boolean {
  const { hidden, style } = node.attributes;
  if (hidden !== undefined && hidden !== false && hidden !== '' && hidden !== null) return true;
  return typeof style === 'string' && /(^|;)\s*display\s*:\s*none/.test(style);
}

/** Whether a user can see the node: neither it nor an ancestor is hidden. */
export function isVisible(node: ViewNode): boolean {
  for (let at: ViewNode | undefined = node; at; at = at.parent) if (hides(at)) return false;
  return true;
}

/** Depth first, the node itself included; subtrees out of sight are left out unless asked for. */
export function* walk(node: ViewNode, hiddenToo = false): Generator<ViewNode> {
  if (!hiddenToo && hides(node)) return;
  yield node;
  for (const child of node.children) if (typeof child !== 'string') yield* walk(child, hiddenToo);
}

/** The visible pieces of text below a node, in order; a field contributes what is in it. */
export function textPieces(node: ViewNode): string[] {
  if (hides(node)) return [];
  if (node.tag === 'input' || node.tag === 'textarea') {
    const { value, password } = node.attributes;
    if (value === undefined || value === '') return [];
    return [password === true ? '•'.repeat(String(value).length) : String(value)];
  }
  const pieces: string[] = [];
  let run = '';
  for (const child of node.children) {
    if (typeof child === 'string') {
      run += child;
      continue;
    }
    // Text inside text is one line; anything else stands apart.
    if (node.tag === 'text' && child.tag === 'text') {
      run += textPieces(child).join('');
      continue;
    }
    if (run.trim()) pieces.push(run);
    run = '';
    pieces.push(...textPieces(child));
  }
  if (run.trim()) pieces.push(run);
  return pieces;
}

/** All visible text below a node in one string. */
export function textOf(node: ViewNode): string {
  return textPieces(node).join('');
}

const SHOWN = [
  'value',
  'placeholder',
  'src',
  'disabled',
  'checked',
  'scrollTop',
  'scrollIntoView',
  'style',
];

/** The tree as indented lines, for failure texts. */
export function printTree(node: ViewNode, depth = 0): string {
  const pad = '  '.repeat(depth);
  const classes = node.classes.map((name) => `.${name}`).join('');
  const facts = SHOWN.filter(
    (name) => ![undefined, '', false].includes(node.attributes[name] as string),
  )
    .map((name) => ` ${name}=${JSON.stringify(node.attributes[name])}`)
    .join('');
  const taps = node.handlers.has('tap') ? ' (tap)' : '';
  const line = `${pad}<${node.tag}${node.id ? ` #${node.id}` : ''} ${classes}${facts}>${taps}${hides(node) ? ' HIDDEN' : ''}`;
  const below = node.children.map((child) =>
    typeof child === 'string' ? `${pad}  ${JSON.stringify(child)}` : printTree(child, depth + 1),
  );
  return [line, ...below].join('\n');
}
