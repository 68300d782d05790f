import fs from 'node:fs';
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';
import type * as Easel from 'glass-easel';
import type { PageSource } from '../host/page-record';
import { templatesOf } from './templates';

/** A node as glass-easel has drawn the node into the document. */
export interface DrawnNode {
  tag: string;
  id: string;
  className: string;
  style: string;
  dataset: Record<string, unknown>;
  /** Attributes by their names in the markup, with the values that the data have. */
  attributes: Record<string, unknown>;
  /** `tap`, or `catch touchmove`, in the order of the markup. */
  handlers: string[];
  children: (DrawnNode | string)[];
}

/** What glass-easel makes of a page: the tree in the document, and each warning of glass-easel. */
export interface Drawing {
  root: DrawnNode;
  warnings: string[];
}

type Group = Record<string, Easel.template.ComponentTemplate['content']>;
type Backed = Element & { __wxElement?: Easel.Element };

/**
 * What the markup can tell apart in the data of a page, without the words and numbers on it. Each object is a line: the
 * way to the object, with the kinds of Taro's nodes (`nn`) on the way and without positions in lists; its fields; the
 * type of each value; and which values are empty or zero. A template of Taro draws a node from no more than this line.
 */
export function shapesOf(json: string): string[] {
  const lines = new Set<string>();
  const visit = (value: unknown, way: string): string => {
    if (typeof value === 'string' || typeof value === 'number')
      return `${typeof value} ${value ? 1 : 0}`;
    if (typeof value !== 'object' || value === null) return String(value);
    if (Array.isArray(value)) {
      for (const item of value) visit(item, `${way}[]`);
      return `list ${value.length > 0 ? 1 : 0}`;
    }
    const { nn } = value as { nn?: unknown };
    const here = `${way}${typeof nn === 'string' ? `<${nn}>` : ''}`;
    const fields = Object.entries(value).map(
      ([name, each]) => `${name} ${visit(each, `${here}.${name}`)}`,
    );
    lines.add(`${here} ${fields.sort().join()}`);
    return 'object';
  };
  visit(JSON.parse(json), '');
  return [...lines];
}

/** Draws pages of built packages with glass-easel in a document of jsdom. */
export class EaselRenderer {
  private readonly window = new JSDOM('', { runScripts: 'outside-only' }).window;
  private readonly easel: typeof Easel;
  private readonly context: Easel.GeneralBackendContext;
  private readonly handlers = new WeakMap<object, string[]>();
  private readonly groups = new Map<string, Group>();
  private readonly shapes = new Set<string>();
  private warnings: string[] = [];

  constructor() {
    const file = createRequire(__filename).resolve('glass-easel');
    const load = this.run(
      `(function (exports) { ${fs.readFileSync(file, 'utf8')}\nreturn exports })`,
    );
    this.easel = (load as (exports: object) => typeof Easel)({});
    const { easel, handlers } = this;
    easel.globalOptions.throwGlobalError = true;
    easel.addGlobalWarningListener((message) => {
      this.warnings.push(message);
      return false;
    });
    // A node does not tell its listeners, so they are noted as they come.
    const { addListener } = easel.Element.prototype;
    easel.Element.prototype.addListener = function (name, listener, options) {
      const kind = [options?.capture && 'capture', options?.final && 'catch', name];
      handlers.set(this, [...(handlers.get(this) ?? []), kind.filter(Boolean).join(' ')]);
      addListener.call(this, name, listener, options);
    };
    const context = new easel.CurrentWindowBackendContext();
    // Nothing happens in the document: a listener in jsdom for each of a node's 40 events would take half of the time.
    context.setListenerStats = () => undefined;
    this.context = context;
  }

  /**
   * Like {@link draw}, but only when the page has a shape that this process has not drawn before; see {@link shapesOf}.
   * Most tests end on the same few pages, and drawing each of them would add half a minute to the tests.
   */
  drawNew(source: PageSource): Drawing | undefined {
    const shapes = [source.route, ...shapesOf(source.json)].map(
      (shape) => `${source.root} ${shape}`,
    );
    if (shapes.every((shape) => this.shapes.has(shape))) return undefined;
    for (const shape of shapes) this.shapes.add(shape);
    return this.draw(source);
  }

  /** Draws a page from its markup and data, and reads the document. */
  draw({ root, route, json, units }: Omit<PageSource, 'tree'>): Drawing {
    this.warnings = [];
    const space = new this.easel.ComponentSpace();
    const group = this.groupOf(root);
    const data = this.parse(json) as Easel.typeUtils.DataList;
    for (const { path, using, properties } of units) {
      const content = group[path];
      if (!content) throw new Error(`${path}.wxml is not in the package`);
      space.defineComponent({
        is: path,
        using: Object.fromEntries(Object.entries(using).map(([tag, other]) => [tag, `/${other}`])),
        // Taro writes `bindtap` without a colon, which the compiler takes for an attribute.
        template: { groupList: group, content, fallbackListenerOnNativeNode: true },
        data: path === route ? data : {},
        properties: Object.fromEntries(properties.map((name) => [name, null])),
      });
    }
    const definition = space.getComponentByUrl(route, '');
    const page = this.easel.Component.createWithContext('page', definition, this.context);
    const drawn = this.read(page.getBackendElement() as unknown as Backed);
    return { root: drawn, warnings: this.warnings };
  }

  private run(code: string): unknown {
    return this.window.eval(code);
  }

  /** Objects of the window's realm, as glass-easel expects them. */
  private parse(json: string): unknown {
    return (this.run('JSON.parse') as (text: string) => unknown)(json);
  }

  private groupOf(root: string): Group {
    const known = this.groups.get(root);
    if (known) return known;
    const { code, words } = templatesOf(root);
    if (words.length > 0) throw new Error(`glass-easel's compiler: ${words.join('; ')}`);
    const group = this.run(`(${code})`) as Group;
    this.groups.set(root, group);
    return group;
  }

  private read(element: Backed): DrawnNode {
    const node = element.__wxElement;
    if (!node) throw new Error(`<${element.localName}> in the document is not of glass-easel`);
    const children = [...element.childNodes].map((child) =>
      child.nodeType === 3 ? (child.textContent ?? '') : this.read(child as Backed),
    );
    return {
      tag: element.localName,
      id: node.id,
      className: node.class,
      style: node.style,
      dataset: node.dataset,
      attributes: this.attributesOf(node),
      handlers: this.handlers.get(node) ?? [],
      children,
    };
  }

  /** A component has properties where another node has attributes. */
  private attributesOf(node: Easel.Element): Record<string, unknown> {
    const component = this.easel.Component.isComponent(node) ? node : undefined;
    if (component) return { ...(component.data as Record<string, unknown>) };
    return Object.fromEntries(node.attributes.map(({ name, value }) => [name, value]));
  }
}
