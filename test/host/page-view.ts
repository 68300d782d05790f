import { dispatch } from './dispatch';
import { NodeHandle } from './node-handle';
import { describeQuery, findNodes, selectNodes, type NodeQuery } from './query';
import type { Renderer } from './renderer';
import type { Unit, UnitHost } from './unit';
import { printTree, textPieces, walk, type ViewNode } from './view-node';

/** Position of a scroll-view and its `scroll-top` attribute at that time; a new attribute moves the scroll-view. */
export interface ScrolledTo {
  value: number;
  over: unknown;
}

/** State that the view has and the logic layer lacks: typed text, scroll positions, the focused field. */
interface ViewState {
  typed: Map<string, { value: string; over: unknown }>;
  scrollTop: Map<string, ScrolledTo>;
  focused: string | undefined;
}

/** Consecutive renderings after which a page counts as never settling. */
const RENDER_ROUNDS = 20;

/** A page as its user sees it: read the page, find nodes, act on them. */
export class PageView {
  private root: ViewNode | undefined;
  private rendering = false;
  private changedMeanwhile = false;
  readonly state: ViewState = { typed: new Map(), scrollTop: new Map(), focused: undefined };

  constructor(
    private readonly host: UnitHost,
    /** Route without leading slash. */
    readonly route: string,
    readonly query: Readonly<Record<string, string>>,
    readonly unit: Unit,
    private readonly renderer: Renderer,
  ) {}

  /** The first visible node that matches; throws with the page's tree when there is none. */
  find(query: NodeQuery): NodeHandle {
    const found = this.maybe(query);
    if (!found)
      throw new Error(`nothing on ${this.route} with ${describeQuery(query)}\n${this.tree()}`);
    return found;
  }

  /** The first visible node that matches, if any. */
  maybe(query: NodeQuery): NodeHandle | undefined {
    return this.findAll(query)[0];
  }

  has(query: NodeQuery): boolean {
    return this.findAll(query).length > 0;
  }

  /** All visible nodes that match, in document order. */
  findAll(query: NodeQuery): NodeHandle[] {
    return findNodes(this.render(), query).map((node) => this.handle(node));
  }

  /** Nodes for a WeChat selector such as `#list .row`. */
  select(selector: string): NodeHandle[] {
    return selectNodes(this.render(), selector).map((node) => this.handle(node));
  }

  /** All visible text, one line for each piece, in order. */
  text(): string {
    return this.texts().join('\n');
  }

  texts(): string[] {
    return textPieces(this.render());
  }

  /** The whole tree as text. */
  tree(): string {
    return printTree(this.render());
  }

  /** Nodes in the page, those out of sight included, text not counted. */
  countNodes(): number {
    return [...walk(this.render(), true)].length - 1;
  }

  /** The page's own data, as the logic layer sent it. */
  get data(): Readonly<Record<string, unknown>> {
    return this.unit.data;
  }

  /** Calls a page event handler such as `onPullDownRefresh` or `onReachBottom`. */
  call(name: string, argument?: object): unknown {
    if (!this.unit.method(name)) throw new Error(`${this.route} has no ${name}`);
    return this.unit.call(name, ...(argument ? [this.host.copy(argument)] : []));
  }

  /** @internal The rendered tree, rendered again after a data change. */
  render(): ViewNode {
    if (this.root) return this.root;
    // A component that sends data at its start makes the tree outdated during rendering.
    for (let round = 0; round < RENDER_ROUNDS; round += 1) {
      this.rendering = true;
      this.changedMeanwhile = false;
      try {
        this.root = this.renderer.tree();
      } finally {
        this.rendering = false;
      }
      this.settleTyped(this.root);
      if (!this.changedMeanwhile) return this.root;
    }
    throw new Error(`${this.route} changes its data at every rendering`);
  }

  /** @internal The tree that the data make, without text that the user typed. */
  plainTree(): ViewNode {
    this.render();
    return this.renderer.tree();
  }

  /** @internal Reports a data change. Text that the user typed stays until the field's value attribute changes. */
  changed(): void {
    this.root = undefined;
    this.changedMeanwhile = true;
    if (this.rendering) return;
    // Typed text must see every change of the attribute, not only the last change before a read.
    if (this.state.typed.size > 0) this.render();
  }

  /** @internal */
  nodeOf(key: string): ViewNode | undefined {
    return [...walk(this.render(), true)].find((node) => node.key === key);
  }

  /** @internal */
  fire(node: ViewNode, type: string, detail?: object): number {
    return dispatch(this.host, node, type, detail);
  }

  /** @internal */
  type(node: ViewNode, value: string): void {
    this.state.typed.set(node.key, { value, over: this.ownValue(node) });
    node.attributes.value = value;
  }

  private ownValue(node: ViewNode): unknown {
    return this.state.typed.get(node.key)?.over ?? node.attributes.value ?? '';
  }

  private settleTyped(root: ViewNode): void {
    const { typed } = this.state;
    if (typed.size === 0) return;
    const left = new Set(typed.keys());
    for (const node of walk(root, true)) {
      const entry = typed.get(node.key);
      if (!entry) continue;
      left.delete(node.key);
      if ((node.attributes.value ?? '') === entry.over) node.attributes.value = entry.value;
      else typed.delete(node.key);
    }
    left.forEach((key) => typed.delete(key));
  }

  private handle(node: ViewNode): NodeHandle {
    return new NodeHandle(this, node.key, node);
  }
}
