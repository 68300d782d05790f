/**
 * Lets one go at a time, in order. The SDK opens its socket in a callback of its own, so the gate knows whose
 * it is by its address alone: of two rooms on one host only one may be about to open its socket.
 */
export class Turns {
  private tail: Promise<void> = Promise.resolve();

  /** Resolves when it is one's turn, with the way to end it. */
  async take(): Promise<() => void> {
    const before = this.tail;
    let end: () => void = () => undefined;
    this.tail = new Promise((resolve) => (end = resolve));
    await before;
    return end;
  }
}
