import { type Profiler, Session } from 'node:inspector';
import { pathToFileURL } from 'node:url';

/** How often the stack is looked at, in microseconds. */
const INTERVAL_US = 100;
/** A longer time between two looks is one in which the thread waited for a processor or slept. */
const LONGEST_US = 1000;

/**
 * How long the package's own JavaScript ran, by looking at the stack: whose code is on top, with what of the
 * engine it calls. The host's part is left out (a setData being rendered), and so is the garbage collector.
 */
export class LogicCpu {
  private readonly session = new Session();
  private readonly dist: string;

  /** @param dist the package's folder */
  constructor(dist: string) {
    this.dist = pathToFileURL(dist).href;
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  }

  /** Begins to count. */
  start(): void {
    this.session.post('Profiler.start');
  }

  /** Milliseconds of the logic since `start`. */
  stop(): number {
    let ms = Number.NaN;
    // In the same process the answer is there when `post` returns.
    this.session.post('Profiler.stop', (error, answer) => {
      if (error) throw error;
      ms = logicMs(answer.profile, this.dist);
    });
    return ms;
  }

  dispose(): void {
    this.session.disconnect();
  }
}

function logicMs({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, dist: string): number {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const isLogic = new Map<number, boolean>();
  const decide = (id: number | undefined): boolean => {
    const node = id === undefined ? undefined : byId.get(id);
    if (!node) return false;
    const known = isLogic.get(node.id);
    if (known !== undefined) return known;
    const { url } = node.callFrame;
    const isEngine = url === '' || url.startsWith('node:');
    const decided = isEngine ? decide(parents.get(node.id)) : url.startsWith(dist);
    isLogic.set(node.id, decided);
    return decided;
  };
  const microseconds = samples.reduce(
    (sum, id, i) => sum + (decide(id) ? Math.min(timeDeltas[i] ?? 0, LONGEST_US) : 0),
    0,
  );
  return microseconds / 1000;
}
