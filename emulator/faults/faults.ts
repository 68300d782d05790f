import type { Fault, FaultKind, FaultOf } from './fault-types';

/** A fault that was added. */
export interface ActiveFault<F extends Fault = Fault> {
  readonly id: string;
  readonly fault: F;
  /** Number of times that the fault has applied. */
  readonly hits: number;
  /** Removes the fault. Calling `remove` twice is harmless. */
  remove(): void;
}

interface Entry<F extends Fault = Fault> {
  id: string;
  fault: F;
  hits: number;
  /** Number of requests that `skip` has let pass. */
  passed: number;
}

/** Selects the links for `cut`, `halfOpen` and `restore`. */
export interface LinkChoice {
  accountId?: string;
  /** `im` or `chatroom`. */
  service?: string;
  /** Selects links inside this chatroom. */
  roomId?: string;
}

/** Link or command that a fault may apply to. Fields that are not known yet are absent. */
export interface FaultTarget {
  accountId?: string | undefined;
  service?: string | undefined;
}

/**
 * Ways to cut a link: `terminate` (TCP connection closed without a close frame), `close` (WebSocket close with
 * code 1001), `disconnect` (a `0::` frame, after which the client closes).
 */
export type CutHow = 'terminate' | 'close' | 'disconnect';

/** Operations of the link host that Faults uses. */
export interface LinkControls {
  cut(choice: LinkChoice & { how: CutHow }): number;
  halfOpen(choice: LinkChoice): number;
  restore(choice: LinkChoice): number;
}

/**
 * Injects faults. A fault added with `add` applies until removed or used up, the oldest matching fault first.
 * `cut` and `halfOpen` act once, on the links that are open at that moment. The control API offers the same.
 */
export class Faults {
  private readonly entries: Entry[] = [];
  private nextId = 1;
  private links: LinkControls | undefined;

  /** Called by the link host, which carries out `cut`, `halfOpen` and `restore`. */
  attachLinks(links: LinkControls): void {
    this.links = links;
  }

  /** Adds a fault. */
  add<F extends Fault>(fault: F): ActiveFault<F> {
    const entry: Entry<F> = { id: String(this.nextId++), fault, hits: 0, passed: 0 };
    this.entries.push(entry);
    return {
      id: entry.id,
      fault,
      get hits() {
        return entry.hits;
      },
      remove: () => this.remove(entry.id),
    };
  }

  remove(id: string): boolean {
    const at = this.entries.findIndex((entry) => entry.id === id);
    if (at < 0) return false;
    this.entries.splice(at, 1);
    return true;
  }

  /** Removes all added faults. Half-open links stay half-open until restored. */
  clear(): void {
    this.entries.length = 0;
  }

  list(): { id: string; hits: number; fault: Fault }[] {
    return this.entries.map(({ id, hits, fault }) => ({ id, hits, fault }));
  }

  /**
   * Returns the fault of this kind that applies now, if any, and counts it as applied. `matches` filters
   * further, for example by the name of a command.
   */
  strike<Kind extends FaultKind>(
    kind: Kind,
    target: FaultTarget = {},
    matches: (fault: FaultOf<Kind>) => boolean = () => true,
  ): FaultOf<Kind> | undefined {
    for (const entry of this.entries) {
      if (entry.fault.kind !== kind) continue;
      const fault = entry.fault as FaultOf<Kind>;
      if (fault.accountId !== undefined && fault.accountId !== target.accountId) continue;
      if (fault.service !== undefined && fault.service !== target.service) continue;
      if (!matches(fault)) continue;
      if (entry.passed < (fault.skip ?? 0)) {
        entry.passed += 1;
        continue;
      }
      entry.hits += 1;
      if (fault.times !== undefined && entry.hits >= fault.times) this.remove(entry.id);
      return fault;
    }
    return undefined;
  }

  /** Cuts the open links; returns their number. */
  cut(choice: LinkChoice & { how?: CutHow } = {}): number {
    return this.links?.cut({ how: 'terminate', ...choice }) ?? 0;
  }

  /** Stops reading and writing on open links without closing them; returns their number. */
  halfOpen(choice: LinkChoice = {}): number {
    return this.links?.halfOpen(choice) ?? 0;
  }

  /** Ends the half-open state of links; frames written meanwhile are sent now. Returns the number of links. */
  restore(choice: LinkChoice = {}): number {
    return this.links?.restore(choice) ?? 0;
  }
}
