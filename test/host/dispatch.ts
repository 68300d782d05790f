import type { UnitHost } from './unit';
import type { ViewNode } from './view-node';

/** Events that travel up the tree; the others reach their own node only. */
const BUBBLING = new Set([
  'tap',
  'longtap',
  'longpress',
  'touchstart',
  'touchmove',
  'touchend',
  'touchcancel',
  'transitionend',
  'animationstart',
  'animationiteration',
  'animationend',
]);

const describe = (node: ViewNode) => ({
  id: node.id,
  dataset: node.dataset,
  offsetLeft: 0,
  offsetTop: 0,
});

/** The target as a handler in `current`'s component sees it: never a node inside another component. */
function targetSeenFrom(current: ViewNode, origin: ViewNode): ViewNode {
  let target = origin;
  while (target.owner !== current.owner && target.parent) target = target.parent;
  return target;
}

/** The nodes that hear an event of this type from `origin`, in the order WeChat calls them. */
export function listenersOf(origin: ViewNode, type: string): ViewNode[] {
  const path: ViewNode[] = [];
  for (let at: ViewNode | undefined = origin; at; at = at.parent) {
    path.push(at);
    if (!BUBBLING.has(type)) break;
  }
  const heard: ViewNode[] = [];
  for (const node of path) {
    const handler = node.handlers.get(type);
    if (!handler) continue;
    heard.push(node);
    if (handler.handling === 'catch') break;
  }
  return heard;
}

/**
 * Sends an event from the view to the logic layer: every bound node from `origin` upwards has its
 * method called once, up to the first `catch`. Returns how many were called.
 */
export function dispatch(
  host: UnitHost,
  origin: ViewNode,
  type: string,
  detail: object = {},
): number {
  const heard = listenersOf(origin, type);
  const timeStamp = Math.round(performance.now());
  const touch = { identifier: 0, pageX: 10, pageY: 10, clientX: 10, clientY: 10, force: 1 };
  const isOver = type === 'touchend' || type === 'touchcancel';
  const touches = BUBBLING.has(type)
    ? { touches: isOver ? [] : [touch], changedTouches: [touch] }
    : {};
  for (const current of heard) {
    const name = current.handlers.get(type)?.method ?? '';
    const method = current.owner.method(name);
    if (!method) {
      host.fail(
        new Error(`${current.owner.path} has no method "${name}" to handle event "${type}"`),
      );
      continue;
    }
    // Each handler gets its own object, made in the app's realm.
    const event = host.copy({
      type,
      timeStamp,
      target: describe(targetSeenFrom(current, origin)),
      currentTarget: describe(current),
      mark: {},
      detail,
      _userTap: type === 'tap',
      ...touches,
    });
    host.guard(() => method.call(current.owner.instance, event));
  }
  return heard.length;
}
