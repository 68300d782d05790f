const PREFIX = 'b-';

/** The id of a message's bubble, or of its line. The menu opens over this node, and scrolling is anchored on it. */
export function bubbleId(messageClientId: string): string {
  return PREFIX + messageClientId;
}

interface Node {
  readonly id?: string;
  readonly parentNode?: Node | null;
}

/** The message whose bubble has the target of an event; undefined beside the bubbles. */
export function messageIdAt(target: unknown): string | undefined {
  // In a mini-program the target is a copy of the fields of the node.
  const { id = '' } = target as Node;
  let node = process.env.TARO_ENV === 'weapp' ? document.getElementById(id) : (target as Node);
  for (; node; node = node.parentNode as Node | null)
    if (node.id?.startsWith(PREFIX)) return node.id.slice(PREFIX.length);
  return undefined;
}
