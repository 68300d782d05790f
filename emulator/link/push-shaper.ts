import type { PushFault } from '../faults/fault-types';
import type { Faults, FaultTarget } from '../faults/faults';
import { type Random, seededRandom, shuffled } from '../faults/random';

/** Pushes that carry messages: p2p, team, their copies for the sender's other devices, and chatroom. */
const MESSAGE_PUSHES = ['7_2', '8_3', '7_101', '8_102', '21_3', '21_102', '13_7'];

/** Duplicates and reorders the message pushes of a link while a push fault applies. */
export class PushShaper {
  private readonly randoms = new Map<PushFault, Random>();
  private held: { send: () => void; fault: PushFault }[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly faults: Faults) {}

  /** Calls `send` once or twice, now or later, as the push fault demands. */
  shape(command: string, target: FaultTarget, send: () => void): void {
    const fault = this.faults.strike('push', target, (candidate) =>
      (candidate.commands ?? MESSAGE_PUSHES).includes(command),
    );
    if (!fault) {
      send();
      return;
    }
    const copies = this.random(fault)() < (fault.duplicate ?? 0) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      if (fault.reorderWindowMs === undefined) send();
      else this.hold(send, fault, fault.reorderWindowMs);
    }
  }

  private random(fault: PushFault): Random {
    const random = this.randoms.get(fault) ?? seededRandom(fault.seed ?? 1);
    this.randoms.set(fault, random);
    return random;
  }

  private hold(send: () => void, fault: PushFault, windowMs: number): void {
    this.held.push({ send, fault });
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const batch = this.held;
      this.held = [];
      for (const { send: sendLate } of shuffled(batch, this.random(fault))) sendLate();
    }, windowMs);
  }

  /** Drops the collected pushes of a closed link. */
  dispose(): void {
    clearTimeout(this.timer);
    this.held = [];
  }
}
