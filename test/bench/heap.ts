import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * Returns the bytes of the heap in use after two collections; the second frees objects that finalizers
 * released after the first.
 */
export function heapUsed(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
