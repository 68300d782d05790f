import { Listeners } from './listeners';
import type { KeyValueStorage, StorageFailure } from './types';

/** The raw storage functions of a host; each of them may throw. */
export interface StorageHost {
  /** undefined, null or '' when there is no such key. */
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  remove(key: string): void;
  keys(): string[];
}

/**
 * The only access to the storage of the device, for the app and for the SDKs. A host refuses a read, a write or
 * a removal when its storage is full, broken or blocked; neither a sign-in nor a sign-out may fail because of it.
 * A value that the host refuses is held in memory until the app ends, so that it can be read back: the chatroom
 * SDK needs the same device id for all of its instances.
 */
export class DeviceStorage implements KeyValueStorage {
  /** The refused operations: the value to keep, or undefined for a key that the host did not remove. */
  private readonly held = new Map<string, unknown>();
  private readonly failures: StorageFailure[] = [];
  private readonly listeners = new Listeners<[StorageFailure]>();

  constructor(private readonly host: StorageHost) {}

  get(key: string): string | undefined {
    const value = this.read(key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  set(key: string, value: string): boolean {
    return this.write(key, value);
  }

  /** Reads any value, for code that stores more than strings. */
  read(key: string): unknown {
    if (this.held.has(key)) return this.held.get(key);
    return this.attempt('get', key, () => this.host.get(key)).value;
  }

  /** @returns whether the host has stored the value */
  write(key: string, value: unknown): boolean {
    this.removeAgain();
    const { done } = this.attempt('set', key, () => this.host.set(key, value));
    if (done) this.held.delete(key);
    else this.held.set(key, value);
    if (done) this.storeAgain();
    return done;
  }

  remove(key: string): boolean {
    this.removeAgain();
    const done = this.removeFromHost(key);
    if (done) this.held.delete(key);
    else this.held.set(key, undefined);
    return done;
  }

  keys(): string[] {
    const { value = [] } = this.attempt('keys', '', () => this.host.keys());
    const keys = new Set(value);
    for (const [key, held] of this.held) {
      if (held === undefined) keys.delete(key);
      else keys.add(key);
    }
    return [...keys];
  }

  onFailure(handler: (failure: StorageFailure) => void): () => void {
    for (const failure of this.failures) handler(failure);
    return this.listeners.add(handler);
  }

  /** Retries refused removals: the value may be a token. */
  private removeAgain(): void {
    for (const [key, value] of this.held) {
      if (value === undefined && this.removeFromHost(key)) this.held.delete(key);
    }
  }

  /** Retries refused values once the host stores again, up to the first that it refuses. */
  private storeAgain(): void {
    for (const [key, value] of this.held) {
      if (value === undefined) continue;
      if (!this.attempt('set', key, () => this.host.set(key, value)).done) return;
      this.held.delete(key);
    }
  }

  /** Removes a key, or writes an empty value, which counts as none, when the host writes but does not remove. */
  private removeFromHost(key: string): boolean {
    return (
      this.attempt('remove', key, () => this.host.remove(key)).done ||
      this.attempt('set', key, () => this.host.set(key, '')).done
    );
  }

  private attempt<T>(
    operation: StorageFailure['operation'],
    key: string,
    run: () => T,
  ): { done: boolean; value?: T } {
    try {
      return { done: true, value: run() };
    } catch (error) {
      this.report({ operation, key, errMsg: messageOf(error) });
      return { done: false };
    }
  }

  /** Reports each kind of failure once: a full storage refuses again with every change of the list. */
  private report(failure: StorageFailure): void {
    const { operation, key } = failure;
    if (this.failures.some((known) => known.operation === operation && known.key === key)) return;
    this.failures.push(failure);
    this.listeners.emit(failure);
  }
}

/** WeChat throws errors in some versions and plain objects with `errMsg` in others. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { errMsg, message } = error as { errMsg?: unknown; message?: unknown };
  return String(errMsg ?? message ?? error);
}
