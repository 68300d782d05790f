import type { Fault, FaultKind, FaultOf } from './fault-types';

/** A fault that was switched on. */
export interface ActiveFault<F extends Fault = Fault> {
  readonly id: string;
  readonly fault: F;
  /** How often it has struck. */
  readonly hits: number;
  /** Switches it off. Doing so twice is harmless. */
  remove(): void;
}

interface Entry<F extends Fault = Fault> {
  id: string;
  fault: F;
  hits: number;
}

/** Which links a one-off blow concerns. */
export interface LinkChoice {
  accountId?: string;
  /** `im`, `chatroom`. */
  service?: string;
  /** Links that are inside this chatroom. */
  roomId?: string;
}

/** Whom a fault would strike; what is not known yet is left out. */
export interface FaultTarget {
  accountId?: string | undefined;
  service?: string | undefined;
}

/**
 * How links are cut: `terminate` (TCP gone without a word), `close` (WebSocket close with code 1001),
 * `disconnect` (a `0::` frame, the client closes).
 */
export type CutHow = 'terminate' | 'close' | 'disconnect';

/** What the switches need of the links; the link host provides it. */
export interface LinkControls {
  cut(choice: LinkChoice & { how: CutHow }): number;
  halfOpen(choice: LinkChoice): number;
  restore(choice: LinkChoice): number;
}

/**
 * The fault switches. Standing faults (`add`) strike until removed or used up, oldest first; blows
 * (`cut`, `halfOpen`) strike the links that are there now. All of it is also reachable over the
 * control API.
 */
export class Faults {
  private readonly entries: Entry[] = [];
  private nextId = 1;
  private links: LinkControls | undefined;

  /** The link host announces itself here. */
  attachLinks(links: LinkControls): void {
    this.links = links;
  }

  /** Switches a fault on. */
  add<F extends Fault>(fault: F): ActiveFault<F> {
    const entry: Entry<F> = { id: String(this.nextId++), fault, hits: 0 };
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

  /** Switches all standing faults off. Links that are half-open stay so until restored. */
  clear(): void {
    this.entries.length = 0;
  }

  list(): { id: string; hits: number; fault: Fault }[] {
    return this.entries.map(({ id, hits, fault }) => ({ id, hits, fault }));
  }

  /**
   * The fault of this kind that strikes now, if any; asking counts as a strike.
   * `matches` narrows further (a command's name).
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
      entry.hits += 1;
      if (fault.times !== undefined && entry.hits >= fault.times) this.remove(entry.id);
      return fault;
    }
    return undefined;
  }

  /** Cuts the links that are open now; returns how many. */
  cut(choice: LinkChoice & { how?: CutHow } = {}): number {
    return this.links?.cut({ how: 'terminate', ...choice }) ?? 0;
  }

  /** Stops reading and writing on open links without closing them; returns how many. */
  halfOpen(choice: LinkChoice = {}): number {
    return this.links?.halfOpen(choice) ?? 0;
  }

  /** Ends the half-open state of links that are still there; what was held back now arrives. */
  restore(choice: LinkChoice = {}): number {
    return this.links?.restore(choice) ?? 0;
  }
}
