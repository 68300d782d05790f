import { ConnectionError } from '@/connection';
import { type Clock, foreignCall, type KeptFile, type KeptFiles } from '@/platform';
import { Code } from '@/sdk/codes';

/** Maximum time of one call to the file system. */
const LIMIT_MS = 15_000;

/**
 * Copies of the files of unsent messages. A message whose file could not be copied before the app ended is shown at the
 * next start as failed: its file is gone.
 */
export class UnsentFiles {
  /** Names of the copies, also of those under way, by messageClientId. */
  private readonly copies = new Map<string, string>();

  constructor(
    private readonly files: KeptFiles,
    private readonly clock: Clock,
  ) {}

  /** Copies a file for a message. */
  async keep(messageClientId: string, file: string | File): Promise<void> {
    const name = messageClientId + extensionOf(typeof file === 'string' ? file : file.name);
    this.copies.set(messageClientId, name);
    try {
      await this.call(() => this.files.keep(name, file));
    } catch {
      return;
    }
    if (this.copies.get(messageClientId) !== name) await this.removeName(name);
  }

  nameOf(messageClientId: string): string | undefined {
    return this.copies.get(messageClientId);
  }

  /**
   * A copy of the last start.
   * @throws ConnectionError 194001 when the copy is gone
   */
  async restore(messageClientId: string, name: string): Promise<KeptFile> {
    this.copies.set(messageClientId, name);
    try {
      return await this.call(() => this.files.open(name));
    } catch (cause) {
      throw new ConnectionError(Code.fileNotFound, String(cause));
    }
  }

  /** Removes the copy of a message, which the server has or the user gave up. */
  remove(messageClientId: string): void {
    const name = this.copies.get(messageClientId);
    this.copies.delete(messageClientId);
    if (name !== undefined) void this.removeName(name);
  }

  removeAll(): void {
    this.copies.clear();
    void this.removeOthers([]);
  }

  /** Removes the copies that no message names: those of other accounts, and of messages that were sent meanwhile. */
  async removeOthers(wanted: readonly string[]): Promise<void> {
    let names: string[];
    try {
      names = await this.call(() => this.files.names());
    } catch {
      // There is no directory before the first copy.
      return;
    }
    const kept = new Set([...wanted, ...this.copies.values()]);
    await Promise.all(names.filter((name) => !kept.has(name)).map((name) => this.removeName(name)));
  }

  private async removeName(name: string): Promise<void> {
    // A copy that stays is removed at the next start.
    await this.call(() => this.files.remove(name)).catch(() => undefined);
  }

  private call<T>(work: () => Promise<T>): Promise<T> {
    return foreignCall(work, {
      clock: this.clock,
      limitMs: LIMIT_MS,
      onLimit: () => new Error('no answer of the file system'),
    });
  }
}

/** With the dot; empty for a name without a short extension. */
function extensionOf(name: string): string {
  return /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? '';
}
