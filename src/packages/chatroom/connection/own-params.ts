import type { EnterParams } from './enter-params';

/**
 * What this client says of itself: as on entering, and as it was changed in the room since. The server forgets
 * it with the link, and each reconnect is a new entering that says it again.
 */
export class OwnParams {
  constructor(private params: EnterParams) {}

  get now(): EnterParams {
    return this.params;
  }

  /** What the server has taken. A field that is undefined stays as it was. */
  change(changes: Partial<EnterParams>): void {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    this.params = { ...this.params, ...Object.fromEntries(given) };
  }

  /** The same of tags; without an expression the one before stays. */
  changeTags(tags: string[], notifyTargetTags = this.params.tagConfig?.notifyTargetTags): void {
    this.change({ tagConfig: { tags, ...(notifyTargetTags ? { notifyTargetTags } : {}) } });
  }
}
