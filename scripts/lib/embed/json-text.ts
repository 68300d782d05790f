/** A value in a JSON text, with the place of its text. */
interface Located {
  start: number;
  end: number;
  /** Members of an object by key, items of an array by index. */
  children: Map<string | number, Located>;
  kind: 'object' | 'array' | 'plain';
}

export type JsonPath = readonly (string | number)[];

/**
 * Changes one value of a JSON text and leaves all other characters as their owner wrote them. The last part of the path
 * may be a new key, or the length of an array to append; missing objects above it are made. New values take one line.
 * @throws SyntaxError when the text is no JSON
 */
export function setInJson(text: string, path: JsonPath, value: unknown): string {
  JSON.parse(text);
  let node = locate(text, { at: 0 });
  for (let depth = 0; depth < path.length; depth++) {
    const child = node.children.get(path[depth] ?? '');
    if (!child) return insert(text, node, path.slice(depth), value);
    node = child;
  }
  return text.slice(0, node.start) + JSON.stringify(value) + text.slice(node.end);
}

function insert(text: string, parent: Located, path: JsonPath, value: unknown): string {
  const [key = '', ...rest] = path;
  const made = rest.reduceRight<unknown>(
    (inner, part) => (typeof part === 'number' ? [inner] : { [part]: inner }),
    value,
  );
  const member = parent.kind === 'array' ? '' : `${JSON.stringify(key)}: `;
  const last = [...parent.children.values()].at(-1);
  if (last) {
    const before = startOfMember(text, parent, last);
    return `${text.slice(0, last.end)},${gapBefore(text, before)}${member}${JSON.stringify(made)}${text.slice(last.end)}`;
  }
  return `${text.slice(0, parent.start + 1)}${member}${JSON.stringify(made)}${text.slice(parent.end - 1)}`;
}

/** Where the key of a member, or an item of an array, begins. */
function startOfMember(text: string, parent: Located, child: Located): number {
  if (parent.kind === 'array') return child.start;
  const colon = text.lastIndexOf(':', child.start);
  return text.lastIndexOf('"', text.lastIndexOf('"', colon) - 1);
}

/** The white space in front of the last member: a new member goes on a line of its own where its neighbours do. */
function gapBefore(text: string, at: number): string {
  const gap = /\s*$/.exec(text.slice(0, at))?.[0] ?? '';
  return gap.includes('\n') ? gap : ' ';
}

/** The text is known to be JSON. */
function locate(text: string, cursor: { at: number }): Located {
  skipSpace(text, cursor);
  const start = cursor.at;
  const children: Located['children'] = new Map();
  const open = text[start];
  if (open !== '{' && open !== '[') {
    if (open === '"') cursor.at = endOfString(text, start);
    else while (cursor.at < text.length && !/[\s,\]}]/.test(text[cursor.at] ?? '')) cursor.at++;
    return { start, end: cursor.at, children, kind: 'plain' };
  }
  const close = open === '{' ? '}' : ']';
  cursor.at++;
  for (skipSpace(text, cursor); text[cursor.at] !== close; skipSpace(text, cursor)) {
    if (text[cursor.at] === ',') cursor.at++;
    skipSpace(text, cursor);
    let key: string | number = children.size;
    if (open === '{') {
      const end = endOfString(text, cursor.at);
      key = JSON.parse(text.slice(cursor.at, end)) as string;
      cursor.at = text.indexOf(':', end) + 1;
    }
    children.set(key, locate(text, cursor));
  }
  cursor.at++;
  return { start, end: cursor.at, children, kind: open === '{' ? 'object' : 'array' };
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, cursor: { at: number }): void {
  while (/\s/.test(text[cursor.at] ?? '')) cursor.at++;
}
