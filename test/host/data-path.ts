/** Thrown for an update that WeChat would lose or make up objects for. */
export class DataPathError extends Error {}

/** `root.cn.[0].cn[1].v` to its steps; both ways of writing an index are WeChat's. */
export function parseDataPath(path: string): (string | number)[] {
  const steps: (string | number)[] = [];
  const pattern = /\.?\[(\d+)\]|\.?([^.[\]]+)/y;
  while (pattern.lastIndex < path.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(path);
    if (!match) throw new DataPathError(`setData path "${path}" is malformed at ${at}`);
    steps.push(match[1] === undefined ? (match[2] ?? '') : Number(match[1]));
  }
  return steps;
}

type Container = Record<string | number, unknown>;

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/**
 * Applies one path of a setData. WeChat would create whatever is missing on the way and leave holes
 * in arrays; here that throws below the first step, because the sender then believes in a tree that
 * the view does not have.
 */
export function applyDataPath(data: Container, path: string, value: unknown): void {
  const steps = parseDataPath(path);
  const last = steps.pop();
  if (last === undefined) throw new DataPathError('setData with an empty path');
  let at: Container = data;
  for (const [depth, step] of steps.entries()) {
    // Taro's components begin without `root` and leave it to WeChat to make it.
    if (depth === 0 && at[step] === undefined) {
      at[step] = typeof (steps[1] ?? last) === 'number' ? [] : {};
    }
    const next = at[step];
    if (!isContainer(next)) {
      throw new DataPathError(`setData path "${path}": nothing at "${step}"`);
    }
    at = next;
  }
  if (Array.isArray(at)) {
    if (typeof last !== 'number')
      throw new DataPathError(`setData path "${path}": "${last}" of an array`);
    if (last > at.length) {
      throw new DataPathError(`setData path "${path}": index ${last} of an array of ${at.length}`);
    }
  } else if (typeof last === 'number') {
    throw new DataPathError(`setData path "${path}": index ${last} of an object`);
  }
  at[last] = value;
}
