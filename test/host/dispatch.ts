import type { UnitHost } from './unit';
import type { ViewNode } from './view-node';

/** Events that bubble; all others reach only their own node. */
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

/** The target as a handler in `current`'s component sees the target: never a node inside another component. */
function targetSeenFrom(current: ViewNode, origin: ViewNode): ViewNode {
  let target = origin;
  while (target.owner !== current.owner && target.parent) target = target.parent;
  return target;
}

/** The nodes that receive an event of this type from `origin`, in WeChat's order. */
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
 * Sends an event from the view to the logic layer: calls the method of every bound node from `origin`
 * upwards, up to the first `catch`. Returns the number of calls.
 */
export function dispatch(
  host: UnitHost,
  origin: ViewNode,
  type: string,
  detail: object = {},
): number {
  const heard = listenersOf(origin, type);
  const timeStamp = Math.round(performance.now());
  const { x = 10, y = 10 } = detail as { x?: number; y?: number };
  const touch = { identifier: 0, pageX: x, pageY: y, clientX: x, clientY: y, force: 1 };
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
    // Each handler gets its own object, created in the app's realm.
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
    const call = () => method.call(current.owner.instance, event);
    host.guard(type === 'tap' ? () => host.inTap(call) : call);
  }
  return heard.length;
}
