import { listenersOf } from './dispatch';
import { measure, type Rect } from './layout';
import { scrollTopOf } from './measuring';
import type { PageView } from './page-view';
import { findNodes, type NodeQuery } from './query';
import { isVisible, printTree, textOf, walk, type ViewNode } from './view-node';

const TOGGLES = new Set(['switch', 'checkbox', 'radio']);

/** A node on a page, with the actions of a user. The handle follows the node through re-renderings. */
export class NodeHandle {
  constructor(
    private readonly page: PageView,
    private readonly key: string,
    private last: ViewNode,
  ) {}

  /** Whether the node is still on the page. */
  get exists(): boolean {
    return this.page.nodeOf(this.key) !== undefined;
  }

  get tag(): string {
    return this.node().tag;
  }

  get id(): string {
    return this.node().id;
  }

  get classes(): readonly string[] {
    return this.node().classes;
  }

  get dataset(): Readonly<Record<string, unknown>> {
    return this.node().dataset;
  }

  /** Visible text inside. */
  get text(): string {
    return textOf(this.node());
  }

  /** The value of a field: the text last typed or set. */
  get value(): string {
    return String(this.node().attributes.value ?? '');
  }

  get visible(): boolean {
    return isVisible(this.node());
  }

  get focused(): boolean {
    return this.page.state.focused === this.key;
  }

  /** An attribute of the compiled WXML, by its camelCase name. */
  attr(name: string): unknown {
    return this.node().attributes[name];
  }

  parent(): NodeHandle | undefined {
    const { parent } = this.node();
    return parent?.parent ? new NodeHandle(this.page, parent.key, parent) : undefined;
  }

  /** The nearest node with the class, from this node upwards. */
  closest(className: string): NodeHandle | undefined {
    for (let at: ViewNode | undefined = this.node(); at; at = at.parent) {
      if (at.classes.includes(className)) return new NodeHandle(this.page, at.key, at);
    }
    return undefined;
  }

  children(): NodeHandle[] {
    return this.node().children.flatMap((child) =>
      typeof child === 'string' ? [] : [new NodeHandle(this.page, child.key, child)],
    );
  }

  findAll(query: NodeQuery): NodeHandle[] {
    return findNodes(this.node(), query).map((node) => new NodeHandle(this.page, node.key, node));
  }

  find(query: NodeQuery): NodeHandle {
    const [found] = this.findAll(query);
    if (!found) throw new Error(`nothing inside:\n${this.tree()}\nwith ${JSON.stringify(query)}`);
    return found;
  }

  tree(): string {
    return printTree(this.node());
  }

  rect(): Rect {
    return measure(this.node());
  }

  /** The user taps. Throws when no handler listens, or the control is disabled or hidden. */
  tap(): void {
    const node = this.reach();
    const listening = listenersOf(node, 'tap');
    const field = node.tag === 'input' || node.tag === 'textarea';
    if (listening.length === 0 && !field && !TOGGLES.has(node.tag) && !node.attributes.formType) {
      throw new Error(`nothing listens to a tap on\n${this.tree()}`);
    }
    const at = { x: 10, y: 10 };
    this.page.fire(node, 'touchstart');
    this.page.fire(node, 'touchend');
    this.page.fire(node, 'tap', at);
    if (field) this.focus();
    if (TOGGLES.has(node.tag)) this.change(node.attributes.checked !== true);
    this.submitForm(node);
  }

  /** The user holds a finger down until the long press fires. */
  longPress(): void {
    const node = this.reach();
    if (listenersOf(node, 'longpress').length === 0) {
      throw new Error(`nothing listens to a long press on\n${this.tree()}`);
    }
    this.page.fire(node, 'touchstart');
    this.page.fire(node, 'longpress', { x: 10, y: 10 });
    this.page.fire(node, 'touchend');
  }

  /** The user puts the cursor into the field. */
  focus(): void {
    const node = this.field();
    const { state } = this.page;
    if (state.focused === this.key) return;
    const before = state.focused ? this.page.nodeOf(state.focused) : undefined;
    if (before) this.page.fire(before, 'blur', { value: String(before.attributes.value ?? '') });
    state.focused = this.key;
    this.page.fire(node, 'focus', { value: this.value, height: 0 });
  }

  /** The user leaves the field with the caret at this position (default: at the end). */
  blur(cursor = this.value.length): void {
    if (!this.focused) return;
    this.page.state.focused = undefined;
    this.page.fire(this.field(), 'blur', { value: this.value, cursor });
  }

  /** The user replaces the field's value by `text`, cut at the field's maxlength. */
  input(text: string): void {
    this.focus();
    const node = this.field();
    const limit = Number(node.attributes.maxlength ?? 140);
    const value = limit >= 0 ? text.slice(0, limit) : text;
    this.page.type(node, value);
    const keyCode = value.charCodeAt(value.length - 1) || 8;
    this.page.fire(node, 'input', { value, cursor: value.length, keyCode });
  }

  /** The user presses the keyboard's confirm key. */
  confirm(): void {
    const node = this.field();
    if (this.page.fire(node, 'confirm', { value: this.value }) === 0) {
      throw new Error(`nothing listens to confirm on\n${this.tree()}`);
    }
    if (node.attributes.confirmHold !== true) this.blur();
  }

  /** The user scrolls to a position; crossing the upper threshold also fires `scrolltoupper`. */
  scroll(to: { scrollTop?: number; scrollLeft?: number; scrollHeight?: number }): void {
    const node = this.reach();
    const { scrollTop: tops } = this.page.state;
    const before = scrollTopOf(this.page, node);
    const { scrollTop = before, scrollLeft = 0, scrollHeight = 0 } = to;
    tops.set(this.key, { value: scrollTop, over: node.attributes.scrollTop });
    const deltaY = before - scrollTop;
    const heard = this.page.fire(node, 'scroll', {
      scrollTop,
      scrollLeft,
      scrollHeight,
      scrollWidth: 375,
      deltaX: 0,
      deltaY,
      isDrag: true,
    });
    const threshold = Number(node.attributes.upperThreshold ?? 50);
    const crossed = scrollTop <= threshold && before > threshold;
    const upper = crossed ? this.page.fire(node, 'scrolltoupper', { direction: 'top' }) : 0;
    if (heard + upper === 0) throw new Error(`nothing listens to scrolling on\n${this.tree()}`);
  }

  scrollToUpper(): void {
    const { scrollTop: over } = this.node().attributes;
    this.page.state.scrollTop.set(this.key, { value: 0, over });
    this.event('scrolltoupper', { direction: 'top' });
  }

  scrollToLower(): void {
    this.event('scrolltolower', { direction: 'bottom' });
  }

  /** The user changes a control (switch, picker, slider, swiper) to `value`. */
  change(value: unknown): void {
    this.event('change', { value });
  }

  /** Fires any other event of the node, for example `load` of an image; throws when no handler listens. */
  event(type: string, detail: object = {}): void {
    if (this.page.fire(this.reach(), type, detail) === 0) {
      throw new Error(`nothing listens to ${type} on\n${this.tree()}`);
    }
  }

  private node(): ViewNode {
    const node = this.page.nodeOf(this.key);
    if (!node) throw new Error(`no longer on ${this.page.route}:\n${printTree(this.last)}`);
    this.last = node;
    return node;
  }

  private reach(): ViewNode {
    const node = this.node();
    if (!isVisible(node)) throw new Error(`out of sight:\n${this.tree()}`);
    for (let at: ViewNode | undefined = node; at; at = at.parent) {
      if (at.attributes.disabled === true) throw new Error(`disabled:\n${printTree(at)}`);
    }
    return node;
  }

  private field(): ViewNode {
    const node = this.reach();
    if (node.tag !== 'input' && node.tag !== 'textarea')
      throw new Error(`not a field:\n${this.tree()}`);
    return node;
  }

  private submitForm(button: ViewNode): void {
    const kind = button.attributes.formType;
    if (kind !== 'submit' && kind !== 'reset') return;
    let form: ViewNode | undefined = button;
    while (form && form.tag !== 'form') form = form.parent;
    if (!form) return;
    const value: Record<string, unknown> = {};
    for (const node of walk(form)) {
      const { name } = node.attributes;
      if (typeof name === 'string' && name)
        value[name] = node.attributes.value ?? node.attributes.checked;
    }
    this.page.fire(form, kind, { value });
  }
}
