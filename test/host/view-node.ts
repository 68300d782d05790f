import type { Unit } from './unit';

export type Handling = 'bind' | 'catch' | 'capture-bind' | 'capture-catch' | 'mut-bind';

/** A node of the rendered page, with components expanded. */
export interface ViewNode {
  /** `view`, `text`, `scroll-view`, or a component's name. */
  tag: string;
  attributes: Record<string, unknown>;
  /** Event type to the kind of binding and the method's name. */
  handlers: Map<string, { handling: Handling; method: string }>;
  dataset: Record<string, unknown>;
  id: string;
  classes: string[];
  children: (ViewNode | string)[];
  parent: ViewNode | undefined;
  /** The page or component whose markup contains the node, and whose methods the node calls. */
  owner: Unit;
  /** Stays the same across renderings. */
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
  // Taro numbers its nodes; a node of other markup is identified by its id or its position.
  const sid = typeof dataset.sid === 'string' ? dataset.sid : id;
  const key = sid ? `#${sid}` : `${parent?.key ?? ''}/${tag}:${position}`;
  return { tag, attributes, handlers, dataset, id, classes, children: [], parent, owner, key };
}

/** Whether `hidden` or an inline style hides the node itself. */
function hides(node: ViewNode): boolean {
  const { hidden, style } = node.attributes;
  if (hidden !== undefined && hidden !== false && hidden !== '' && hidden !== null) return true;
  return typeof style === 'string' && /(^|;)\s*display\s*:\s*none/.test(style);
}

/** Whether a user can see the node: neither the node nor an ancestor is hidden. */
export function isVisible(node: ViewNode): boolean {
  for (let at: ViewNode | undefined = node; at; at = at.parent) if (hides(at)) return false;
  return true;
}

/** Walks depth first, the node itself included; skips hidden subtrees unless asked for them. */
export function* walk(node: ViewNode, hiddenToo = false): Generator<ViewNode> {
  if (!hiddenToo && hides(node)) return;
  yield node;
  for (const child of node.children) if (typeof child !== 'string') yield* walk(child, hiddenToo);
}

/** The visible texts below a node, in order; a field contributes its value. */
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
    // Text inside text is on the same line; any other text gets its own line.
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

/** Joins all visible text below a node into a string. */
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
