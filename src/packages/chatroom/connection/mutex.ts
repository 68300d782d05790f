/**
 * Grants access to one caller at a time, in the order of the calls. The chatroom SDK opens its socket in a
 * callback of its own, so the gate recognises the socket by its address alone. A second room on
 * the same host must wait until the socket of the first room is open.
 */
export class Mutex {
  private tail: Promise<void> = Promise.resolve();

  /** Resolves when the caller has the mutex, with the function that releases it. */
  async acquire(): Promise<() => void> {
    const before = this.tail;
    let release: () => void = () => undefined;
    this.tail = new Promise((resolve) => (release = resolve));
    await before;
    return release;
  }
}
