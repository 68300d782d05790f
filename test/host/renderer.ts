import type { ComponentRegistry } from './components';
import type { PackageFiles } from './package-files';
import type { Unit } from './unit';
import { makeNode, type ViewNode } from './view-node';
import type { RawNode, Render } from './wxml';

/**
 * Renders the data of a page into nodes: runs WeChat's compiled WXML for the page and for every custom
 * component in it. Creates, keeps and ends the component instances as their nodes come and go.
 */
export class Renderer {
  private readonly instances = new Map<string, Unit>();

  constructor(
    private readonly render: Render,
    private readonly files: PackageFiles,
    private readonly components: ComponentRegistry,
    private readonly page: Unit,
  ) {}

  /** The whole page as it is now. */
  tree(): ViewNode {
    const root = makeNode('page', {}, this.page, undefined, 0);
    const seen = new Set<string>();
    root.children = this.expand(this.page, root, [], '', seen);
    for (const [key, unit] of this.instances) {
      if (seen.has(key)) continue;
      this.instances.delete(key);
      this.components.detach(unit);
    }
    return root;
  }

  /** The component instances now on the page. */
  get componentUnits(): Unit[] {
    return [...this.instances.values()];
  }

  dispose(): void {
    this.instances.forEach((unit) => this.components.detach(unit));
    this.instances.clear();
  }

  private expand(
    owner: Unit,
    parent: ViewNode,
    slotted: (ViewNode | string)[],
    scope: string,
    seen: Set<string>,
  ): (ViewNode | string)[] {
    const using = this.files.componentsOf(owner.path);
    const convert = (children: (RawNode | string)[], above: ViewNode): (ViewNode | string)[] =>
      children.flatMap((child, position) => {
        if (typeof child !== 'object') return [String(child)];
        // `block` and list wrappers have no node.
        if (child.tag === 'virtual' || child.tag === 'wx-block')
          return convert(child.children, above);
        if (child.tag === 'wx-slot') return slotted;
        const tag = child.tag.replace(/^wx-/, '');
        const node = makeNode(tag, child.attr ?? {}, owner, above, position);
        const target = using[tag];
        node.children = convert(child.children, node);
        if (target) node.children = this.component(target, tag, node, position, scope, seen);
        return [node];
      });
    return convert(this.render(owner.path, owner.data).children, parent);
  }

  private component(
    path: string,
    tag: string,
    node: ViewNode,
    position: number,
    scope: string,
    seen: Set<string>,
  ): (ViewNode | string)[] {
    const data = node.attributes.i as { sid?: unknown } | undefined;
    const name = typeof data?.sid === 'string' ? data.sid : node.id || `${node.key}:${position}`;
    const key = `${scope}>${tag}:${name}`;
    seen.add(key);
    let unit = this.instances.get(key);
    if (unit) {
      this.components.update(unit, node.attributes);
    } else {
      unit = this.components.make(path, tag, node.attributes);
      // Registered before it starts, because `attached` may already send data.
      this.instances.set(key, unit);
      this.components.start(unit);
    }
    return this.expand(unit, node, node.children, key, seen);
  }
}
