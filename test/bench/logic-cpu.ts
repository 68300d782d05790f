import { type Profiler, Session } from 'node:inspector';
import { pathToFileURL } from 'node:url';

/** Sampling interval of the stack, microseconds. */
const INTERVAL_US = 100;
/** Maximum counted interval; in a longer interval the thread waited for a processor or slept. */
const LONGEST_US = 1000;

/**
 * Measures the running time of the package's own JavaScript by sampling the stack: a sample counts when the
 * package's code, or an engine function called by that code, is on top. The host's part (rendering a setData) and
 * the garbage collector are left out.
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

  /** Starts sampling. */
  start(): void {
    this.session.post('Profiler.start');
  }

  /** Returns the time of the logic since `start`, ms. */
  stop(): number {
    let ms = Number.NaN;
    // Within a process `post` calls back before it returns.
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
