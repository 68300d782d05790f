/** Thrown for an update that WeChat would lose, or for which WeChat would create objects. */
class DataPathError extends Error {}

/** Splits `root.cn.[0].cn[1].v` into steps; WeChat accepts both ways of writing an index. */
function parseDataPath(path: string): (string | number)[] {
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
 * Applies a path of a setData. WeChat would create missing objects on the path and leave holes in arrays.
 * Here both throw below the first step, because the logic layer then assumes a tree that the view does not
 * have.
 */
export function applyDataPath(data: Container, path: string, value: unknown): void {
  const steps = parseDataPath(path);
  const last = steps.pop();
  if (last === undefined) throw new DataPathError('setData with an empty path');
  let at: Container = data;
  for (const [depth, step] of steps.entries()) {
    // Taro's components start without `root` and rely on WeChat to create the object.
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
